// stdlib.h: text to number and back.
import { exact, fc, outBuffer } from 'dllparity';
import { alike, functionSuites, isUniversal } from './function-suites.ts';
import type { Library } from 'dllparity/agent';
import { decimals, integers32, integers64, magnitudes, mixed, near, ties, whole } from './numbers.ts';
import { base, floatText, integerText } from './number-texts.ts';

const compare = exact({ signedZero: true });

export function conversionSuites(crt: Library): void {
  const suite = functionSuites(crt);
  suite('strtod', { args: [floatText], compare, runs: 1500 });
  suite('wcstod', { args: [floatText], compare, runs: 1500 });
  suite('atof', { args: [floatText], compare, runs: 200 });
  suite('_wtof', { args: [floatText], compare, runs: 200 });

  suite('strtol', { args: integerText(32), runs: 1500 });
  suite('strtoul', { args: integerText(32), runs: 1500 });
  suite('_strtoi64', { args: integerText(64), runs: 1500 });
  suite('_strtoui64', { args: integerText(64), runs: 1500 });
  suite('wcstol', { args: integerText(32), runs: 1500 });
  suite('wcstoul', { args: integerText(32), runs: 200 });
  suite('_wcstoi64', { args: integerText(64), runs: 200 });
  suite('atoi', { args: integerText(32).map(([text]) => [text]), runs: 200 });
  suite('atol', { args: integerText(32).map(([text]) => [text]), runs: 200 });
  suite('_atoi64', { args: integerText(64).map(([text]) => [text]), runs: 200 });
  suite('_wtoi', { args: integerText(32).map(([text]) => [text]), runs: 200 });

  const radix = base.filter((value) => value !== 0);
  suite('_itoa', { args: fc.tuple(integers32(true), fc.constant(outBuffer(36)), radix), runs: 200 });
  suite('_ltoa', { args: fc.tuple(integers32(true), fc.constant(outBuffer(36)), radix), runs: 200 });
  suite('_ultoa', { args: fc.tuple(integers32(false), fc.constant(outBuffer(36)), radix), runs: 200 });
  suite('_i64toa', { args: fc.tuple(integers64(true), fc.constant(outBuffer(68)), radix), runs: 200 });
  suite('_ui64toa', {
    args: fc.tuple(integers64(false), fc.constant(outBuffer(68)), radix),
    runs: 200,
  });
  suite('_itow', { args: fc.tuple(integers32(true), fc.constant(outBuffer(36)), radix), runs: 200 });

  const value = mixed(
    decimals(-1000, 1000),
    ties,
    magnitudes(-60, 60),
    near(1, 9.5, 99.5, 0.1),
    whole(-100_000, 100_000),
  );
  const modest = value.filter((number) => !(Math.abs(number) > 1e60 || Math.abs(number) < 1e-60) || number === 0);
  suite('_gcvt', { args: fc.tuple(value, whole(0, 20), fc.constant(outBuffer(40))), runs: 500 });
  suite('_ecvt', { args: fc.tuple(value, whole(0, 20)), runs: 500 });
  suite('_fcvt', { args: fc.tuple(modest, whole(-3, 15)), runs: 500 });

  // wcstof of Visual Studio 2013 asks the system to convert its text.
  alike(suite, isUniversal(crt) ? 'strtof strtold wcstof wcstold' : 'strtof strtold wcstold', {
    args: [floatText],
    compare,
    runs: 200,
  });
  alike(suite, '_atodbl _atoflt', { args: [floatText], compare, runs: 200 });
  alike(suite, 'strtoll strtoull strtoimax strtoumax wcstoll wcstoull wcstoimax wcstoumax _wcstoui64', {
    args: integerText(64),
    runs: 200,
  });
  alike(suite, 'atoll _wtoll _wtoi64', { args: integerText(64).map(([text]) => [text]), runs: 120 });
  suite('_wtol', { args: integerText(32).map(([text]) => [text]), runs: 120 });
  suite('_ltow', { args: fc.tuple(integers32(true), fc.constant(outBuffer(36)), radix), runs: 120 });
  suite('_ultow', { args: fc.tuple(integers32(false), fc.constant(outBuffer(36)), radix), runs: 120 });
  suite('_i64tow', { args: fc.tuple(integers64(true), fc.constant(outBuffer(68)), radix), runs: 120 });
  suite('_ui64tow', { args: fc.tuple(integers64(false), fc.constant(outBuffer(68)), radix), runs: 120 });
}
