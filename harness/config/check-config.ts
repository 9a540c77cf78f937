import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { DllparityError, type ErrorParts } from '../base/errors.ts';
import { pointAt } from '../base/point-at.ts';
import type { Config } from './config.ts';
import { nearestName } from '../base/nearest-name.ts';
import { OPTION_NAMES, OPTIONS, type OptionName } from './options.ts';
import { configSchema } from './schema.ts';

/**
 * Checks what a file or a fixture says.
 *
 * @param from the configuration file, or the words that name another origin in messages
 * @throws CONFIG_UNKNOWN_KEY with the nearest option; CONFIG_INVALID with what the option takes
 */
export function checkConfig(value: unknown, from: string): Config {
  const result = configSchema.safeParse(value);
  if (result.success) return result.data;
  const unknown = result.error.issues.find((issue) => issue.code === 'unrecognized_keys');
  if (unknown !== undefined) throw unknownKey(unknown.path, unknown.keys[0] ?? '', from);
  throw invalid(result.error.issues, value, from);
}

function unknownKey(path: readonly PropertyKey[], key: string, from: string): DllparityError {
  const name = [...path, key].join('.');
  const nearest = nearestName(name, OPTION_NAMES) ?? nearestName(key, OPTION_NAMES);
  return new DllparityError('CONFIG_UNKNOWN_KEY', {
    what: `"${name}" is not an option`,
    ...placeOf(key, from),
    hint: `${nearest === undefined ? '' : `Did you mean "${nearest}"? `}All options are listed in docs/reference/configuration.md.`,
  });
}

function invalid(issues: readonly z.core.$ZodIssue[], value: unknown, from: string): DllparityError {
  const sentences = issues.map((issue) => describe(issue, value));
  const [first = 'The configuration is not valid', ...others] = [...new Set(sentences)];
  const key = issues[0]?.path.at(-1);
  return new DllparityError('CONFIG_INVALID', {
    what: first,
    details: others,
    ...placeOf(typeof key === 'string' ? key : '', from),
    hint: 'Correct the value, or leave the option out to get its default.',
  });
}

function describe(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code === 'custom' && issue.message !== 'Invalid input') return issue.message;
  const [first, second] = issue.path.map(String);
  if (first === undefined) return `The configuration must be an object, and is ${show(value)}`;
  const dotted = second === undefined ? first : `${first}.${second}`;
  const name = isOption(dotted) ? dotted : first;
  const takes = isOption(name) ? OPTIONS[name].takes : 'a group of options in braces';
  return `${issue.path.join('.')} must be ${isOption(name) && issue.path.length > name.split('.').length ? 'part of ' : ''}${takes}, and is ${show(valueAt(value, issue.path))}`;
}

function isOption(name: string): name is OptionName {
  return Object.hasOwn(OPTIONS, name);
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
    value,
  );
}

function show(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'bigint') return `the bigint ${value}n`;
  if (value === undefined || typeof value === 'symbol') return String(value);
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}

// The loaded object has lost its lines. A key that occurs once in the file is found by its text; else only the file is named.
function placeOf(key: string, from: string): Pick<ErrorParts, 'where' | 'excerpt'> {
  const source = sourceOf(from);
  if (source === undefined || !/^\w+$/.test(key)) return { where: { file: from } };
  const [match, ...more] = source.matchAll(new RegExp(`(?<![\\w.])(['"]?)${key}\\1\\s*:`, 'g'));
  if (match === undefined || more.length > 0) return { where: { file: from } };
  const { line, column, excerpt } = pointAt(source, match.index, match[0].replace(/\s*:$/, '').length);
  return { where: { file: from, line, column }, excerpt };
}

function sourceOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
