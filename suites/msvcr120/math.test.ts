// math.h and float.h. A difference in the last bit is a difference: where Wine has one, it is declared.
import { conformance, exact, fc } from 'dllparity';
import { crt } from './msvcr120.ts';
import {
  decimals,
  floats,
  integers32,
  magnitudes,
  mixed,
  near,
  nearMultiplesOfHalfPi,
  ties,
  whole,
  within,
} from './numbers.ts';

const compare = exact({ signedZero: true });
/** For ia32 most functions of float are macros, and not exported. */
const architectures = ['x64'] as const;

const angle = mixed(within(-10, 10), nearMultiplesOfHalfPi, within(-1e6, 1e6), magnitudes(-60, 40));
const sine = mixed(within(-1, 1), near(0, 0.5, 1, -1, Math.SQRT1_2), magnitudes(-60, 1));
const wide = mixed(within(-20, 20), magnitudes(-60, 60), near(1, -1, 0.4375, 2.4375));
const power = mixed(
  within(-50, 50),
  within(-745, 710),
  near(709.782712893384, -745.1332191019411, 0),
  decimals(-30, 30),
);
const positive = mixed(within(0, 10), near(1, 2, Math.E, 10), magnitudes(-300, 300).map(Math.abs), decimals(0, 1e6));
const aboveMinusOne = mixed(within(-1, 2), near(-1, 1), magnitudes(-60, 10), within(-1, 1e6));
const base = mixed(decimals(-20, 20), within(0, 10), near(1, -1), magnitudes(-20, 20));
const exponent = mixed(
  whole(-40, 40),
  within(-20, 20),
  ties.map((value) => value / 1000),
  magnitudes(-10, 30),
);
const rounded = mixed(
  ties,
  within(-1e6, 1e6),
  near(0.5, -0.5, 1.5, 2.5, 2 ** 31, 2 ** 52, 2 ** 53),
  magnitudes(-10, 64),
);
const divided = mixed(decimals(-1000, 1000), within(-1e9, 1e9), magnitudes(-40, 40), ties);
const divisor = mixed(decimals(-10, 10), whole(-100, 100), magnitudes(-30, 30));
const gammaRange = mixed(
  within(-10, 10),
  within(0, 172),
  near(1, 2, 171.61447887182297, -1, -2.5),
  decimals(-180, 180),
);
const errorRange = mixed(
  within(-3, 3),
  within(-30, 30),
  near(0.84375, 1.25, 2.857142857142857, 6, 28),
  magnitudes(-60, 2),
);
const bessel = mixed(within(0, 50), within(-50, 50), near(2, 3.5, 5, 8), magnitudes(-40, 20));
const anywhere = mixed(magnitudes(-1074, 1023), decimals(-1e6, 1e6));
const corners = [0, -0, 1, -1, 0.5, 3, 1e22, 2 ** -1022, Number.MAX_VALUE, Infinity, -Infinity, NaN];
const binaryExponent = fc.oneof(whole(-60, 60), whole(-2200, 2200), integers32(true));

conformance('sin', crt.sin, { args: [angle], compare });
conformance('cos', crt.cos, { args: [angle], compare });
conformance('tan', crt.tan, { args: [angle], compare });
conformance('asin', crt.asin, { args: [sine], compare });
conformance('acos', crt.acos, { args: [sine], compare });
conformance('atan', crt.atan, { args: [wide], compare });
conformance('atan2', crt.atan2, { args: [wide, wide], compare });
conformance('sinh', crt.sinh, { args: [power], compare });
conformance('cosh', crt.cosh, { args: [power], compare });
conformance('tanh', crt.tanh, { args: [wide], compare });
conformance('asinh', crt.asinh, { args: [wide], compare, runs: 120 });
conformance('acosh', crt.acosh, { args: [positive], compare, runs: 120 });
conformance('atanh', crt.atanh, { args: [sine], compare, runs: 120 });
conformance('exp', crt.exp, { args: [power], compare });
conformance('exp2', crt.exp2, { args: [power], compare });
conformance('expm1', crt.expm1, { args: [power], compare });
conformance('log', crt.log, { args: [positive], compare });
conformance('log10', crt.log10, { args: [positive], compare, runs: 200 });
conformance('log1p', crt.log1p, { args: [aboveMinusOne], compare });
conformance('log2', crt.log2, { args: [positive], compare, runs: 120 });
conformance('pow', crt.pow, { args: [base, exponent], compare });
conformance('sqrt', crt.sqrt, { args: [positive], compare });
conformance('cbrt', crt.cbrt, { args: [anywhere], compare });
conformance('_hypot', crt._hypot, { args: [divided, divided], compare });
conformance('_cabs', crt._cabs, { args: [fc.record({ x: divided, y: divided })], compare, runs: 120 });

conformance('fmod', crt.fmod, { args: [divided, divisor], compare });
// Microsoft's code for ia32 does not return from some of these.
conformance('remainder', crt.remainder, { args: [divided, divisor], compare, runs: 120, architectures });
// Microsoft's remquo never returns when both arguments are subnormal, so none are.
conformance('remquo', crt.remquo, {
  args: fc
    .tuple(divided, divisor)
    .filter((pair) => pair.every((value) => value === 0 || Math.abs(value) >= 2 ** -1022)),
  always: corners.flatMap((x) => corners.map((y) => [x, y])),
  compare,
  runs: 120,
});
conformance('fma', crt.fma, { args: [divided, divisor, divided], compare });
conformance('fdim', crt.fdim, { args: [divided, divided], compare, runs: 120 });
conformance('fmax', crt.fmax, { args: [divided, divided], compare, runs: 120 });
conformance('fmin', crt.fmin, { args: [divided, divided], compare, runs: 120 });

conformance('ceil', crt.ceil, { args: [rounded], compare, runs: 120 });
conformance('floor', crt.floor, { args: [rounded], compare });
conformance('trunc', crt.trunc, { args: [rounded], compare, runs: 120 });
conformance('round', crt.round, { args: [rounded], compare, runs: 200 });
conformance('rint', crt.rint, { args: [rounded], compare, runs: 120 });
conformance('nearbyint', crt.nearbyint, { args: [rounded], compare, runs: 120 });
conformance('lrint', crt.lrint, { args: [rounded], compare, runs: 120 });
conformance('lround', crt.lround, { args: [rounded], compare, runs: 120 });
conformance('llrint', crt.llrint, { args: [rounded], compare, runs: 120 });
conformance('llround', crt.llround, { args: [rounded], compare, runs: 120 });
conformance('modf', crt.modf, { args: [rounded], compare, runs: 200 });

conformance('fabs', crt.fabs, { args: [anywhere], compare, runs: 120 });
conformance('copysign', crt.copysign, { args: [anywhere, anywhere], compare, runs: 120 });
conformance('frexp', crt.frexp, { args: [anywhere], compare, runs: 120 });
conformance('ldexp', crt.ldexp, { args: [anywhere, binaryExponent], compare, runs: 200 });
conformance('scalbn', crt.scalbn, { args: [anywhere, binaryExponent], compare, runs: 120 });
conformance('_scalb', crt._scalb, { args: [anywhere, binaryExponent], compare, runs: 120 });
conformance('logb', crt.logb, { args: [anywhere], compare, runs: 120 });
conformance('ilogb', crt.ilogb, { args: [anywhere], compare, runs: 120 });
conformance('nextafter', crt.nextafter, { args: [anywhere, anywhere], compare, runs: 120 });
conformance('_fpclass', crt._fpclass, { args: [anywhere], runs: 120 });
conformance('_isnan', crt._isnan, { args: [anywhere], runs: 120 });
conformance('_finite', crt._finite, { args: [anywhere], runs: 120 });

conformance('erf', crt.erf, { args: [errorRange], compare });
conformance('erfc', crt.erfc, { args: [errorRange], compare });
conformance('tgamma', crt.tgamma, { args: [gammaRange], compare });
conformance('lgamma', crt.lgamma, { args: [gammaRange], compare });
conformance('_j0', crt._j0, { args: [bessel], compare, runs: 120 });
conformance('_j1', crt._j1, { args: [bessel], compare, runs: 120 });
// Without special values for n: the time grows with it.
conformance('_jn', crt._jn, { args: fc.tuple(whole(-10, 30), bessel), compare, runs: 120 });
conformance('_y0', crt._y0, { args: [bessel], compare, runs: 120 });
conformance('_y1', crt._y1, { args: [bessel], compare, runs: 120 });
conformance('_yn', crt._yn, { args: fc.tuple(whole(-10, 30), bessel), compare, runs: 120 });

conformance('sinf', crt.sinf, { args: [floats(angle)], compare, runs: 120, architectures });
conformance('cosf', crt.cosf, { args: [floats(angle)], compare, runs: 120, architectures });
conformance('tanf', crt.tanf, { args: [floats(angle)], compare, runs: 120, architectures });
conformance('atan2f', crt.atan2f, { args: [floats(wide), floats(wide)], compare, runs: 120, architectures });
conformance('tanhf', crt.tanhf, { args: [floats(wide)], compare, runs: 120, architectures });
conformance('expf', crt.expf, { args: [floats(power)], compare, runs: 120, architectures });
conformance('logf', crt.logf, { args: [floats(positive)], compare, runs: 120, architectures });
conformance('log10f', crt.log10f, { args: [floats(positive)], compare, runs: 120, architectures });
conformance('powf', crt.powf, { args: [floats(base), floats(exponent)], compare, runs: 120, architectures });
conformance('sqrtf', crt.sqrtf, { args: [floats(positive)], compare, runs: 120, architectures });
conformance('cbrtf', crt.cbrtf, { args: [floats(anywhere)], compare, runs: 120 });
conformance('fmodf', crt.fmodf, { args: [floats(divided), floats(divisor)], compare, runs: 120, architectures });
conformance('roundf', crt.roundf, { args: [floats(rounded)], compare, runs: 120 });
