// time.h, in UTC: local time is a question to the system.
import { fc, outBuffer } from 'dllparity';
import { functionSuites, isUniversal } from './function-suites.ts';
import { integers32, integers64, whole } from './numbers.ts';
import type { Library } from 'dllparity/agent';

const seconds = fc.oneof(
  whole(-100_000, 2 ** 31 - 1),
  fc.bigInt({ min: 0n, max: 32_535_244_799n }).map(Number),
  fc.constantFrom(0, 951_782_400, 1_078_012_800, 4_107_542_400, 32_535_244_799),
);
export const date = fc.record(
  {
    tm_sec: whole(0, 59),
    tm_min: whole(0, 59),
    tm_hour: whole(0, 23),
    tm_mday: whole(1, 28),
    tm_mon: whole(0, 11),
    tm_year: whole(70, 200),
    tm_wday: whole(0, 6),
    tm_yday: whole(0, 365),
    tm_isdst: fc.constant(0),
  },
  { noNullPrototype: true },
);

/** Every conversion that the runtime knows but those of the time zone, which it asks the system for. */
const conversions = [
  ...Array.from('aAbBcCdDeFgGhHIjmMnprRStTuUVwWxXyY%', (letter) => `%${letter}`),
  ...Array.from('aAbBcdHIjmMpSUwWxXyY', (letter) => `%#${letter}`),
];
/** Those since Visual Studio 2015 are invalid parameters before, which end the process. */
const early = conversions.filter((conversion) => /^%#?[aAbBcdHIjmMpSUwWxXyY%]$/.test(conversion));

export function timeSuites(crt: Library): void {
  const suite = functionSuites(crt);
  suite('_gmtime64_s', {
    args: seconds.filter((value) => value >= 0).map((value) => [[value]]),
    runs: 200,
  });
  suite('_mkgmtime64', {
    args: fc
      .tuple(date, whole(-60, 120), whole(-40, 60), whole(-20, 30))
      .map(([time, sec, mday, mon]) => [{ ...time, tm_sec: sec, tm_mday: mday, tm_mon: mon }]),
    runs: 200,
  });
  suite('asctime', { args: fc.tuple(date), runs: 120 });
  suite('_wasctime', { args: fc.tuple(date), runs: 120 });
  suite('_gmtime32_s', { args: whole(0, 2 ** 31 - 1).map((value) => [[value]]), runs: 120 });
  suite('_mkgmtime32', {
    args: fc
      .tuple(date, whole(-60, 120), whole(-20, 30))
      .map(([time, sec, mon]) => [{ ...time, tm_year: (time.tm_year % 60) + 75, tm_sec: sec, tm_mon: mon }]),
    runs: 120,
  });
  suite('_difftime64', { args: [integers64(true), integers64(true)], runs: 120 });
  suite('_difftime32', { args: [integers32(true), integers32(true)], runs: 120 });
  const known = isUniversal(crt) ? conversions : early;
  const pattern = fc.array(fc.oneof(fc.constantFrom(...known), fc.constantFrom('-', ' ', 'at')), {
    minLength: 1,
    maxLength: 3,
  });
  // strftime asks the system to convert its format.
  suite('wcsftime', {
    args: fc.tuple(
      fc.constant(outBuffer(80)),
      fc.constant(80),
      pattern.map((parts) => parts.join('')),
      date,
    ),
    always: known.map((conversion) => [outBuffer(80), 80, conversion, SOME_DAY]),
    runs: 200,
  });
}

const SOME_DAY = {
  tm_sec: 6,
  tm_min: 5,
  tm_hour: 16,
  tm_mday: 3,
  tm_mon: 1,
  tm_year: 124,
  tm_wday: 6,
  tm_yday: 33,
  tm_isdst: 0,
};
