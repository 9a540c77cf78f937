// math.h: long double is double, but these are functions of their own.
import { exact, fc } from 'dllparity';
import { alike, functionSuites } from './function-suites.ts';
import {
  sine,
  wide,
  power,
  positive,
  aboveMinusOne,
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

export function longDoubleMathSuites(crt: Library): void {
  const suite = functionSuites(crt);
  alike(suite, 'acoshl log2l', { args: [positive], compare, runs: 60 });
  suite('asinhl', { args: [wide], compare, runs: 60 });
  suite('atanhl', { args: [sine], compare, runs: 60 });
  alike(suite, 'cbrtl logbl ilogbl _ldclass _ldsign', { args: [anywhere], compare, runs: 60 });
  alike(suite, 'erfl erfcl', { args: [errorRange], compare, runs: 60 });
  alike(suite, 'tgammal lgammal', { args: [gammaRange], compare, runs: 60 });
  alike(suite, 'exp2l expm1l', { args: [power], compare, runs: 60 });
  suite('log1pl', { args: [aboveMinusOne], compare, runs: 60 });
  alike(suite, 'copysignl nextafterl nexttowardl', { args: [anywhere, anywhere], compare, runs: 60 });
  alike(suite, 'nearbyintl rintl roundl truncl lrintl lroundl llrintl llroundl', {
    args: [rounded],
    compare,
    runs: 60,
  });
  alike(suite, 'fdiml fmaxl fminl _ldpcomp', { args: [divided, divided], compare, runs: 60 });
  suite('remainderl', {
    args: fc.tuple(divided, divisor).filter(isNormal(2 ** -1022)),
    compare,
    runs: 60,
    architectures,
  });
  suite('remquol', { args: fc.tuple(divided, divisor).filter(isNormal(2 ** -1022)), compare, runs: 60 });
  suite('fmal', { args: [divided, divisor, divided], compare, runs: 60 });
  alike(suite, 'scalbnl scalblnl', { args: [anywhere, binaryExponent], compare, runs: 60 });
  suite('_ldtest', { args: [anywhere.map((value) => [value])], runs: 60 });
}
