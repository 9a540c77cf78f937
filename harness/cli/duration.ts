import { DllparityError } from '../base/errors.ts';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of a duration as a person writes it: `60s`, `5m`, `1h`, or seconds alone. Throws ARGUMENT_TYPE. */
export function parseDuration(text: string | number): number {
  const [, amount, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(String(text)) ?? [];
  const ms = Number(amount) * (UNITS[unit] ?? NaN);
  if (ms > 0) return ms;
  throw new DllparityError('ARGUMENT_TYPE', {
    what: `"${String(text)}" is no duration`,
    hint: 'Write a number with ms, s, m or h behind it, for example 60s or 5m.',
  });
}
