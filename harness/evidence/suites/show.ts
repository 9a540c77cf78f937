// Inputs and outcomes as a person reads them, for results.jsonl.
import type { ShownField, ShownOutcome, ShownValue } from '../../../protocol/records/result-record.ts';
import type { RecordedOutcome } from '../baseline/baseline.ts';
import { bitsOf } from '../compare/floating.ts';
import type { Json } from '../compare/json.ts';
import { exitCodeText, statusText } from '../../windows/ntstatus.ts';
import type { Behaviour } from './behaviour.ts';
import type { Observed } from './observed.ts';

/** A value with its type; floating-point ones also in bits. */
export function showValue(json: Json, type: string): ShownValue {
  const width = /\bfloat\b/i.test(type) ? 32 : 64;
  const bits = /^(const )?(double|float|DOUBLE|FLOAT)( \*)?$/.test(type) ? bitsOf(json, width) : undefined;
  return {
    type,
    text: textOf(json, type),
    ...(bits === undefined ? {} : { bits: bits.toString(16).padStart(width / 4, '0') }),
  };
}

function textOf(json: Json, type: string): string {
  if (json === null) return 'null';
  if (typeof json === 'string') return isWord(json, type) ? json : quote(json);
  if (Array.isArray(json)) return `[${json.map((value: Json) => textOf(value, type)).join(', ')}]`;
  if (typeof json !== 'object') return String(json);
  const object = json as Readonly<Record<string, Json>>;
  if (typeof object['room'] === 'number')
    return `buffer of ${object['room'].toString()}${typeof object['text'] === 'string' ? ` with ${quote(object['text'])}` : ''}`;
  if (typeof object['in'] === 'string') return `${object['in']} + ${JSON.stringify(object['offset'])}`;
  // What a function returned; a struct or an input may have a member of that name, among others.
  if (typeof object['text'] === 'string' && Object.keys(object).length === 1) return quote(object['text']);
  if (typeof object['as'] === 'string') return `(${object['as']}) ${textOf(object['value'] ?? null, object['as'])}`;
  return `{ ${Object.entries(object)
    .map(([key, value]) => `${key}: ${textOf(value, '')}`)
    .join(', ')} }`;
}

/** Numbers that JSON cannot write, and pointers to where nobody looks, are words there. Every other string is text or bytes. */
function isWord(json: string, type: string): boolean {
  if (json === 'elsewhere') return type.includes('*');
  return !/char|CHAR|STR\b/.test(type) && /^(-0|-?inf|-?nan|nan\(0x[0-9a-f]+\)|-?\d{16,})$/.test(json);
}

/** A C string literal, so that it can be pasted into a test. */
function quote(text: string): string {
  const escaped = text.replace(/["\\\u0000-\u001f\u007f-\uffff]/g, (character) => {
    const code = character.charCodeAt(0);
    if (character === '"' || character === '\\') return `\\${character}`;
    if (character === '\n') return '\\n';
    if (character === '\t') return '\\t';
    if (code === 0) return '\\0';
    return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}

export function showInputs(behaviour: Behaviour, inputs: readonly Json[]): ShownField[] {
  return inputs.map((json, index) => {
    const known = behaviour.inputNames[index];
    if (known) return { name: known.name, value: showValue(json, known.type) };
    const { as, value } = json as { readonly as: string; readonly value: Json };
    return { name: `argument ${index.toString()}`, value: showValue(value, as) };
  });
}

/** An outcome. Fields that only the other outcome has are shown with their default, so that the two can be read side by side. */
export function showOutcome(
  behaviour: Behaviour,
  outcome: RecordedOutcome | Observed,
  alsoFields: readonly string[] = [],
): ShownOutcome {
  if (outcome.kind === 'returned') {
    const missing = alsoFields.filter((name) => !Object.hasOwn(outcome.fields, name));
    const shown = Object.entries(outcome.fields).map(([name, json]) => ({
      name,
      value: showValue(json, behaviour.fieldType(name)),
    }));
    return {
      kind: 'returned',
      text: 'returned',
      fields: [...shown, ...missing.map((name) => absent(behaviour, name))],
    };
  }
  return {
    kind: outcome.kind,
    text: 'text' in outcome && outcome.text ? outcome.text : recordedText(outcome),
    fields: [],
  };
}

/** A field that only the other outcome has: memory behind "..." is recorded where it was changed, errno where it is not 0. */
function absent(behaviour: Behaviour, name: string): ShownField {
  const type = behaviour.fieldType(name);
  return { name, value: name.startsWith('argument ') ? { type, text: 'unchanged' } : showValue(0, type) };
}

function recordedText(outcome: RecordedOutcome | Observed): string {
  if (outcome.kind === 'faulted') {
    return `faulted: ${statusText(outcome.code)}`;
  }
  if (outcome.kind === 'exited') return `the process ended with code ${exitCodeText(outcome.code)}`;
  return outcome.kind;
}
