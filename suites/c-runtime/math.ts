// math.h and float.h. A difference in the last bit is a difference: where Wine has one, it is declared.
import { exact, fc } from 'dllparity';
import { alike, functionSuites } from './function-suites.ts';
import { whole } from './numbers.ts';
import {
  angle,
  sine,
  wide,
  power,
  positive,
  aboveMinusOne,
  base,
  exponent,
  rounded,
  divided,
  divisor,
  gammaRange,
  errorRange,
  bessel,
  anywhere,
  corners,
  binaryExponent,
  isNormal,
} from './ranges.ts';
import type { Library } from 'dllparity/agent';

const compare = exact({ signedZero: true });
/** Those that are not exported for ia32, or do not always return there. */
const architectures = ['x64'] as const;

export function mathSuites(crt: Library): void {
  const suite = functionSuites(crt);
  suite('sin', { args: [angle], compare });
  suite('cos', { args: [angle], compare });
  suite('tan', { args: [angle], compare });
  suite('asin', { args: [sine], compare });
  suite('acos', { args: [sine], compare });
  suite('atan', { args: [wide], compare });
  suite('atan2', { args: [wide, wide], compare });
  suite('sinh', { args: [power], compare });
  suite('cosh', { args: [power], compare });
  suite('tanh', { args: [wide], compare });
  suite('asinh', { args: [wide], compare, runs: 120 });
  suite('acosh', { args: [positive], compare, runs: 120 });
  suite('atanh', { args: [sine], compare, runs: 120 });
  suite('exp', { args: [power], compare });
  suite('exp2', { args: [power], compare });
  suite('expm1', { args: [power], compare });
  suite('log', { args: [positive], compare });
  suite('log10', { args: [positive], compare, runs: 200 });
  suite('log1p', { args: [aboveMinusOne], compare });
  suite('log2', { args: [positive], compare, runs: 120 });
  suite('pow', { args: [base, exponent], compare });
  suite('sqrt', { args: [positive], compare });
  suite('cbrt', { args: [anywhere], compare });
  suite('_hypot', { args: [divided, divided], compare });
  suite('_cabs', { args: [fc.record({ x: divided, y: divided })], compare, runs: 120 });

  suite('fmod', { args: [divided, divisor], compare });
  // Microsoft's code for ia32 does not return from some of these.
  suite('remainder', { args: [divided, divisor], compare, runs: 120, architectures });
  // Microsoft's remquo never returns when both arguments are subnormal, so none are.
  suite('remquo', {
    args: fc.tuple(divided, divisor).filter(isNormal(2 ** -1022)),
    always: corners.flatMap((x) => corners.map((y) => [x, y])),
    compare,
    runs: 120,
  });
  suite('fma', { args: [divided, divisor, divided], compare });
  suite('fdim', { args: [divided, divided], compare, runs: 120 });
  suite('fmax', { args: [divided, divided], compare, runs: 120 });
  suite('fmin', { args: [divided, divided], compare, runs: 120 });

  suite('ceil', { args: [rounded], compare, runs: 120 });
  suite('floor', { args: [rounded], compare });
  suite('trunc', { args: [rounded], compare, runs: 120 });
  suite('round', { args: [rounded], compare, runs: 200 });
  suite('rint', { args: [rounded], compare, runs: 120 });
  suite('nearbyint', { args: [rounded], compare, runs: 120 });
  suite('lrint', { args: [rounded], compare, runs: 120 });
  suite('lround', { args: [rounded], compare, runs: 120 });
  suite('llrint', { args: [rounded], compare, runs: 120 });
  suite('llround', { args: [rounded], compare, runs: 120 });
  suite('modf', { args: [rounded], compare, runs: 200 });

  suite('fabs', { args: [anywhere], compare, runs: 120 });
  suite('copysign', { args: [anywhere, anywhere], compare, runs: 120 });
  suite('frexp', { args: [anywhere], compare, runs: 120 });
  suite('ldexp', { args: [anywhere, binaryExponent], compare, runs: 200 });
  suite('scalbn', { args: [anywhere, binaryExponent], compare, runs: 120 });
  suite('_scalb', { args: [anywhere, binaryExponent], compare, runs: 120 });
  suite('logb', { args: [anywhere], compare, runs: 120 });
  suite('ilogb', { args: [anywhere], compare, runs: 120 });
  suite('nextafter', { args: [anywhere, anywhere], compare, runs: 120 });
  suite('_fpclass', { args: [anywhere], runs: 120 });
  suite('_isnan', { args: [anywhere], runs: 120 });
  suite('_finite', { args: [anywhere], runs: 120 });

  suite('erf', { args: [errorRange], compare });
  suite('erfc', { args: [errorRange], compare });
  suite('tgamma', { args: [gammaRange], compare });
  suite('lgamma', { args: [gammaRange], compare });
  suite('_j0', { args: [bessel], compare, runs: 120 });
  suite('_j1', { args: [bessel], compare, runs: 120 });
  // Without special values for n: the time grows with it.
  suite('_jn', { args: fc.tuple(whole(-10, 30), bessel), compare, runs: 120 });
  suite('_y0', { args: [bessel], compare, runs: 120 });
  suite('_y1', { args: [bessel], compare, runs: 120 });
  suite('_yn', { args: fc.tuple(whole(-10, 30), bessel), compare, runs: 120 });

  alike(suite, '_chgsign _logb', { args: [anywhere], compare, runs: 120 });
  alike(suite, '_copysign _nextafter', { args: [anywhere, anywhere], compare, runs: 120 });
  suite('scalbln', { args: [anywhere, binaryExponent], compare, runs: 120 });
  suite('nexttoward', { args: [anywhere, anywhere], compare, runs: 120 });
  alike(suite, '_dclass _dsign', { args: [anywhere], runs: 120 });
  suite('_dpcomp', { args: [divided, divided], runs: 120 });
  suite('_dtest', { args: [anywhere.map((value) => [value])], runs: 120 });
}
