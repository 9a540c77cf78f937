// stdlib.h: text to number and back.
import { conformance, exact, fc, outBuffer } from 'dllparity';
import { crt } from './msvcr120.ts';
import { decimals, integers32, integers64, magnitudes, mixed, near, ties, whole } from './numbers.ts';
import { base, floatText, integerText } from './number-texts.ts';

const compare = exact({ signedZero: true });

conformance('strtod', crt.strtod, { args: [floatText], compare, runs: 1500 });
conformance('wcstod', crt.wcstod, { args: [floatText], compare, runs: 1500 });
conformance('atof', crt.atof, { args: [floatText], compare, runs: 200 });
conformance('_wtof', crt._wtof, { args: [floatText], compare, runs: 200 });

conformance('strtol', crt.strtol, { args: integerText(32), runs: 1500 });
conformance('strtoul', crt.strtoul, { args: integerText(32), runs: 1500 });
conformance('_strtoi64', crt._strtoi64, { args: integerText(64), runs: 1500 });
conformance('_strtoui64', crt._strtoui64, { args: integerText(64), runs: 1500 });
conformance('wcstol', crt.wcstol, { args: integerText(32), runs: 1500 });
conformance('wcstoul', crt.wcstoul, { args: integerText(32), runs: 200 });
conformance('_wcstoi64', crt._wcstoi64, { args: integerText(64), runs: 200 });
conformance('atoi', crt.atoi, { args: integerText(32).map(([text]) => [text]), runs: 200 });
conformance('atol', crt.atol, { args: integerText(32).map(([text]) => [text]), runs: 200 });
conformance('_atoi64', crt._atoi64, { args: integerText(64).map(([text]) => [text]), runs: 200 });
conformance('_wtoi', crt._wtoi, { args: integerText(32).map(([text]) => [text]), runs: 200 });

const radix = base.filter((value) => value !== 0);
conformance('_itoa', crt._itoa, { args: fc.tuple(integers32(true), fc.constant(outBuffer(36)), radix), runs: 200 });
conformance('_ltoa', crt._ltoa, { args: fc.tuple(integers32(true), fc.constant(outBuffer(36)), radix), runs: 200 });
conformance('_ultoa', crt._ultoa, { args: fc.tuple(integers32(false), fc.constant(outBuffer(36)), radix), runs: 200 });
conformance('_i64toa', crt._i64toa, { args: fc.tuple(integers64(true), fc.constant(outBuffer(68)), radix), runs: 200 });
conformance('_ui64toa', crt._ui64toa, {
  args: fc.tuple(integers64(false), fc.constant(outBuffer(68)), radix),
  runs: 200,
});
conformance('_itow', crt._itow, { args: fc.tuple(integers32(true), fc.constant(outBuffer(36)), radix), runs: 200 });

const value = mixed(
  decimals(-1000, 1000),
  ties,
  magnitudes(-60, 60),
  near(1, 9.5, 99.5, 0.1),
  whole(-100_000, 100_000),
);
const modest = value.filter((number) => !(Math.abs(number) > 1e60 || Math.abs(number) < 1e-60) || number === 0);
conformance('_gcvt', crt._gcvt, { args: fc.tuple(value, whole(0, 20), fc.constant(outBuffer(40))), runs: 500 });
conformance('_ecvt', crt._ecvt, { args: fc.tuple(value, whole(0, 20)), runs: 500 });
conformance('_fcvt', crt._fcvt, { args: fc.tuple(modest, whole(-3, 15)), runs: 500 });
