import type { TestRecord } from '../protocol/records/result-record.ts';

/** 35000 → "35,000". */
export function number(value: number): string {
  return value.toLocaleString('en-US');
}

/** "1 function", "2,000 functions". */
export function many(value: number, one: string, several = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : several}`;
}

export function cases(value: number): string {
  return many(value, 'case');
}

/** "a, b and c", or "a, b and 12 more". */
export function listed(names: readonly string[], limit = Infinity): string {
  const shown = names.slice(0, names.length > limit ? limit : names.length);
  const rest = names.length - shown.length;
  const parts = rest > 0 ? [...shown, `${number(rest)} more`] : shown;
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}

/** 0.9985 → "99.85 %"; never rounds up to 100 % or down to 0 %. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '–';
  const value = (part / whole) * 100;
  if (part === 0 || part === whole) return `${String(value)} %`;
  const digits = value < 0.1 || value > 99.9 ? 2 : 1;
  const [least, most] = digits === 2 ? [0.01, 99.99] : [0.1, 99.9];
  return `${Math.min(most, Math.max(least, value)).toFixed(digits)} %`;
}

/** 1234 → "1.2 s". */
export function duration(ms: number): string {
  if (ms < 1) return `${ms.toFixed(2)} ms`;
  if (ms < 1000) return `${ms.toFixed(0)} ms`;
  if (ms < 120_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${(ms / 60_000).toFixed(1)} min`;
}

/** "2026-11-20T23:25:00.000Z" → "2026-11-20 23:25 UTC"; anything else unchanged. */
export function moment(iso: string): string {
  const found = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?Z$/u.exec(iso);
  return found === null ? iso : `${found[1] ?? ''} ${found[2] ?? ''} UTC`;
}

/** What a test is called, with its runtime where the run has several. */
export function testTitle({ name, runtime }: Pick<TestRecord, 'name' | 'runtime'>): string {
  return runtime === undefined ? name : `${name} (${runtime})`;
}
