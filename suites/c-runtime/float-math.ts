// math.h: functions of float.
import { exact, fc } from 'dllparity';
import { alike, functionSuites } from './function-suites.ts';
import { floats } from './numbers.ts';
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
  anywhere,
  binaryExponent,
  isNormal,
} from './ranges.ts';
import type { Library } from 'dllparity/agent';

const compare = exact({ signedZero: true });
/** Those that are not exported for ia32, or do not always return there. */
const architectures = ['x64'] as const;

export function floatMathSuites(crt: Library): void {
  const suite = functionSuites(crt);
  suite('sinf', { args: [floats(angle)], compare, runs: 120, architectures });
  suite('cosf', { args: [floats(angle)], compare, runs: 120, architectures });
  suite('tanf', { args: [floats(angle)], compare, runs: 120, architectures });
  suite('atan2f', { args: [floats(wide), floats(wide)], compare, runs: 120, architectures });
  suite('tanhf', { args: [floats(wide)], compare, runs: 120, architectures });
  suite('expf', { args: [floats(power)], compare, runs: 120, architectures });
  suite('logf', { args: [floats(positive)], compare, runs: 120, architectures });
  suite('log10f', { args: [floats(positive)], compare, runs: 120, architectures });
  suite('powf', { args: [floats(base), floats(exponent)], compare, runs: 120, architectures });
  suite('sqrtf', { args: [floats(positive)], compare, runs: 120, architectures });
  suite('cbrtf', { args: [floats(anywhere)], compare, runs: 120 });
  suite('fmodf', { args: [floats(divided), floats(divisor)], compare, runs: 120, architectures });
  suite('roundf', { args: [floats(rounded)], compare, runs: 120 });

  alike(suite, 'acosf asinf', { args: [floats(sine)], compare, runs: 120, architectures });
  alike(suite, 'atanf sinhf coshf', { args: [floats(wide)], compare, runs: 120, architectures });
  alike(suite, 'ceilf floorf modff', { args: [floats(rounded)], compare, runs: 120, architectures });
  alike(suite, '_logbf _finitef _isnanf _fpclassf', { args: [floats(anywhere)], compare, runs: 120, architectures });
  suite('_scalbf', { args: [floats(anywhere), binaryExponent], compare, runs: 120, architectures });
  suite('_nextafterf', { args: [floats(anywhere), floats(anywhere)], compare, runs: 120, architectures });
  suite('_hypotf', { args: [floats(divided), floats(divided)], compare, runs: 120 });
  suite('_chgsignf', { args: [floats(anywhere)], compare, runs: 120, architectures });
  suite('_copysignf', { args: [floats(anywhere), floats(anywhere)], compare, runs: 120, architectures });

  alike(suite, 'acoshf log2f', { args: [floats(positive)], compare, runs: 120 });
  suite('asinhf', { args: [floats(wide)], compare, runs: 120 });
  suite('atanhf', { args: [floats(sine)], compare, runs: 120 });
  alike(suite, 'erff erfcf', { args: [floats(errorRange)], compare, runs: 120 });
  alike(suite, 'tgammaf lgammaf', { args: [floats(gammaRange)], compare, runs: 120 });
  alike(suite, 'exp2f expm1f', { args: [floats(power)], compare, runs: 120 });
  suite('log1pf', { args: [floats(aboveMinusOne)], compare, runs: 120 });
  alike(suite, 'logbf ilogbf _fdclass _fdsign', { args: [floats(anywhere)], compare, runs: 120 });
  alike(suite, 'copysignf nextafterf', { args: [floats(anywhere), floats(anywhere)], compare, runs: 120 });
  alike(suite, 'nearbyintf rintf truncf lrintf lroundf llrintf llroundf', {
    args: [floats(rounded)],
    compare,
    runs: 120,
  });
  alike(suite, 'fdimf fmaxf fminf _fdpcomp', { args: [floats(divided), floats(divided)], compare, runs: 120 });
  // As of double, Microsoft's code for ia32 does not return from some of these.
  suite('remainderf', {
    args: fc.tuple(floats(divided), floats(divisor)).filter(isNormal(2 ** -126)),
    compare,
    runs: 120,
    architectures,
  });
  suite('remquof', {
    args: fc.tuple(floats(divided), floats(divisor)).filter(isNormal(2 ** -126)),
    compare,
    runs: 120,
  });
  suite('fmaf', { args: [floats(divided), floats(divisor), floats(divided)], compare, runs: 120 });
  suite('nexttowardf', { args: [floats(anywhere), anywhere], compare, runs: 120 });
  alike(suite, 'scalbnf scalblnf', { args: [floats(anywhere), binaryExponent], compare, runs: 120 });
  suite('_fdtest', { args: [floats(anywhere).map((value) => [value])], compare, runs: 120 });
}
