import { delimiter } from 'node:path';
import { DllparityError } from '../base/errors.ts';
import { nearestName } from '../base/nearest-name.ts';
import { OPTION_NAMES, OPTIONS, OTHER_VARIABLES, type Option, type OptionName } from './options.ts';

/** The options that the environment sets, as values of their types. An empty variable counts as not set, as is usual in CI. */
export type VariableValues = ReadonlyMap<OptionName, unknown>;

const SWITCH = new Map([
  ...['1', 'true', 'yes', 'on'].map((word) => [word, true] as const),
  ...['0', 'false', 'no', 'off'].map((word) => [word, false] as const),
]);

/**
 * Reads all `DLLPARITY_` variables.
 *
 * @throws CONFIG_UNKNOWN_KEY for a variable that does not exist; CONFIG_INVALID for one whose text cannot be read
 */
export function readVariables(environment: Readonly<Record<string, string | undefined>>): VariableValues {
  refuseUnknown(Object.keys(environment));
  const values = new Map<OptionName, unknown>();
  for (const name of OPTION_NAMES) {
    const text = environment[OPTIONS[name].variable];
    if (text !== undefined && text !== '') values.set(name, readVariable(OPTIONS[name], text));
  }
  return values;
}

function readVariable(option: Option, text: string): unknown {
  const result = option.schema.safeParse(parse(option, text));
  if (result.success) return result.data;
  const refusal = result.error.issues.find((issue) => issue.code === 'custom' && issue.message !== 'Invalid input');
  throw new DllparityError('CONFIG_INVALID', {
    what: `${option.variable}=${text} is not ${option.takes}`,
    details: refusal === undefined ? [] : [refusal.message],
    where: { file: option.variable },
    hint: `For example ${option.variable}=${option.example}`,
  });
}

// What cannot be parsed goes to the schema as text, which refuses it.
function parse(option: Option, text: string): unknown {
  switch (option.kind) {
    case 'text':
    case 'path':
      return text;
    case 'list':
      return text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '');
    case 'path-or-none':
      return text === 'none' ? null : text;
    case 'path-list':
      return text.split(delimiter).filter((part) => part !== '');
    case 'switch':
      return SWITCH.get(text.trim().toLowerCase()) ?? text;
    case 'whole-number':
      return /^\d+$/.test(text.trim()) ? Number(text) : text;
    case 'pairs':
      return text.trimStart().startsWith('{') ? fromJson(text) : fromPairs(text);
  }
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function fromPairs(text: string): unknown {
  const pairs = text.split(';').filter((pair) => pair.trim() !== '');
  if (pairs.some((pair) => pair.indexOf('=') < 1)) return text;
  return Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf('=')).trim(), pair.slice(pair.indexOf('=') + 1)]),
  );
}

function refuseUnknown(names: readonly string[]): void {
  const known = [...OPTION_NAMES.map((name) => OPTIONS[name].variable), ...Object.keys(OTHER_VARIABLES)];
  for (const name of names) {
    if (!name.startsWith('DLLPARITY_') || known.includes(name)) continue;
    const nearest = nearestName(name, known);
    throw new DllparityError('CONFIG_UNKNOWN_KEY', {
      what: `The environment variable ${name} is not known`,
      where: { file: name },
      hint: `${nearest === undefined ? 'Unset it. ' : `Did you mean ${nearest}? `}All variables are listed in docs/reference/configuration.md.`,
    });
  }
}
