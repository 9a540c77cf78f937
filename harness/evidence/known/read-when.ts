import type { YamlPath } from '../../base/yaml-source.ts';
import { EXCEPTION_NAMES } from '../../windows/ntstatus.ts';
import type { KnownDocument } from './known-document.ts';
import { readPredicate, unknownWord } from './read-predicate.ts';
import { type NamedPredicate, OUTCOME_KINDS, type OutcomePredicate, type When } from './when.ts';

const PARTS = ['inputs', 'fields', 'expected', 'actual', 'ulp'];
const HINT = `Say what the cases have in common, with one of ${PARTS.join(', ')} at least.`;
const OUTCOME_HINT =
  'Write a kind, `returned`, `faulted`, `faulted 0xC0000005`, `exited`, `exited 3`, `timed-out` or `not-callable`; or fields, for example `{ errno: 34 }`.';

/** Reads the predicates of a declared cause. @throws KNOWN_SYNTAX */
export function readWhen(document: KnownDocument, value: unknown, path: YamlPath): When {
  const parts = fieldsAt(document, value, path, HINT);
  if (parts.length === 0) throw document.fail(path, '"when" is empty, and would cover every divergence', HINT);
  const at = (name: string): [unknown, YamlPath] => [parts.find(([key]) => key === name)?.[1], [...path, name]];
  for (const [name] of parts)
    if (!PARTS.includes(name)) throw unknownWord(document, name, PARTS, 'no predicate', [...path, name]);
  const [inputs, inputsPath] = at('inputs');
  const [fields, fieldsPath] = at('fields');
  const [expected, expectedPath] = at('expected');
  const [actual, actualPath] = at('actual');
  const [ulp, ulpPath] = at('ulp');
  return {
    inputs: inputs === undefined ? [] : readInputs(document, inputs, inputsPath),
    fields: fields === undefined ? undefined : readFields(document, fields, fieldsPath),
    expected: expected === undefined ? undefined : readOutcome(document, expected, expectedPath),
    actual: actual === undefined ? undefined : readOutcome(document, actual, actualPath),
    ulp: ulp === undefined ? undefined : readUlp(document, ulp, ulpPath),
  };
}

function fieldsAt(document: KnownDocument, value: unknown, path: YamlPath, hint: string): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw document.fail(path, `"${String(path.at(-1))}" must be fields, each a name and a value`, hint);
  return Object.entries(value);
}

function named(document: KnownDocument, value: unknown, path: YamlPath, hint: string): NamedPredicate[] {
  const entries = fieldsAt(document, value, path, hint);
  if (entries.length === 0) throw document.fail(path, `"${String(path.at(-1))}" is empty`, hint);
  return entries.map(([name, predicate]) => ({ name, predicate: readPredicate(document, predicate, [...path, name]) }));
}

function readInputs(document: KnownDocument, value: unknown, path: YamlPath): NamedPredicate[][] {
  const hint =
    'Name inputs, for example `{ format: "%p" }`, or give their places; in a list one of several has to hold.';
  if (!Array.isArray(value)) return [named(document, value, path, hint)];
  if (value.length === 0) throw document.fail(path, '"inputs" is empty', hint);
  return value.map((each: unknown, index) => named(document, each, [...path, index], hint));
}

function readFields(document: KnownDocument, value: unknown, path: YamlPath): string[] {
  const hint = 'List the fields that may differ, for example `fields: [result, errno]`.';
  if (!Array.isArray(value) || value.length === 0) throw document.fail(path, '"fields" must be a list of names', hint);
  return value.map((name: unknown, index) => {
    if (typeof name !== 'string' || name === '') throw document.fail([...path, index], 'It is no name', hint);
    return name;
  });
}

function readOutcome(document: KnownDocument, value: unknown, path: YamlPath): OutcomePredicate {
  if (typeof value !== 'string') return { fields: named(document, value, path, OUTCOME_HINT) };
  const [word = '', code, ...more] = value.trim().split(/\s+/);
  const kind = OUTCOME_KINDS.find((each) => each === word);
  if (kind === undefined || more.length > 0)
    throw document.fail(path, `"${value}" is no kind of outcome`, OUTCOME_HINT);
  if ((kind === 'timed-out' || kind === 'not-callable') && path.at(-1) === 'expected')
    throw document.fail(path, 'No baseline has a call that does not return', OUTCOME_HINT);
  if (code === undefined) return { kind };
  const number = codeOf(code);
  if (number === undefined || (kind !== 'faulted' && kind !== 'exited'))
    throw document.fail(path, `"${code}" is no code of an outcome that is ${kind}`, OUTCOME_HINT);
  return { kind, code: number };
}

function codeOf(text: string): number | undefined {
  const [code] = Object.entries(EXCEPTION_NAMES).find(([, name]) => name === text) ?? [];
  const number = code === undefined ? (/^(0x[0-9a-f]{1,8}|\d{1,10})$/i.test(text) ? Number(text) : NaN) : Number(code);
  return number >= 0 && number < 2 ** 32 ? number : undefined;
}

function readUlp(document: KnownDocument, value: unknown, path: YamlPath): number {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : 0;
  if (number > 0) return number;
  throw document.fail(path, '"ulp" must be a whole number above 0', 'Write for example `ulp: 2`.');
}
