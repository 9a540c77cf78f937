import type {
  CaseRecord,
  Expectation,
  ShownField,
  ShownOutcome,
  Verdict,
} from '../../protocol/records/result-record.ts';
import { describe } from '../cause.ts';
import type { FunctionResult, SubjectResult } from '../compatibility.ts';
import { validUlp } from '../ulp.ts';
import { shortened, visible, visibleLines } from '../visible-text.ts';
import type { CaseData, OutcomeData, ValueData } from './payload.ts';
import { digitMarks, tailMarks, textMarks, type Marks } from './text-marks.ts';

/** Longer values are cut in the page, with a note; results.jsonl has them whole. */
export const MAX_VALUE_LENGTH = 12_000;

export function caseData(
  found: FunctionResult,
  suite: SubjectResult,
  record: CaseRecord,
  runtimes: readonly string[],
): CaseData {
  const { detail } = record;
  const [first] = detail?.expectations ?? [];
  const differing = new Set(detail?.difference?.fields ?? []);
  const [expected, actual] = outcomes(first?.outcome ?? null, detail?.actual ?? null, differing);
  const baseline = suite.record.baseline;
  const line = first?.source.line ?? null;
  const file = first?.source.file ?? baseline?.file ?? '';
  return {
    id: visible(record.id),
    inputs: (detail?.inputs ?? []).map(value),
    expected,
    actual,
    summary: shortened(visible(describe(record)), MAX_VALUE_LENGTH),
    ulp: validUlp(detail?.difference?.ulp),
    place: file === '' ? null : visible(line === null ? file : `${file}:${String(line)}`),
    replay: visible(detail?.replay ?? ''),
    log: (detail?.log ?? []).flatMap(visibleLines),
    fresh: freshProcess(record),
    versions: versions(detail?.expectations ?? []),
    elsewhere: elsewhere(found, suite, record.id, runtimes),
    x: firstNumber(detail?.inputs ?? []),
  };
}

function versions(expectations: readonly Expectation[]): readonly (readonly [string, string])[] {
  if (expectations.length < 2) return [];
  return expectations.map(({ windows, outcome: shown }) => [
    visible(windows ?? 'others'),
    shortened(
      visible(shown.fields.map(({ name, value }) => `${name} = ${value.text}`).join(', ') || shown.text),
      MAX_VALUE_LENGTH,
    ),
  ]);
}

function freshProcess({ carriedOver, detail }: CaseRecord): string | null {
  if (carriedOver !== undefined) {
    return shortened(visible(`another outcome there, which counts; ${carriedOver}`), MAX_VALUE_LENGTH);
  }
  return detail?.confirmed ? 'the same outcome there' : null;
}

function outcomes(
  expected: ShownOutcome | null,
  actual: ShownOutcome | null,
  differing: ReadonlySet<string>,
): readonly [OutcomeData | null, OutcomeData | null] {
  return [outcome(expected, actual, differing, 'expected'), outcome(actual, expected, differing, 'actual')];
}

function outcome(
  shown: ShownOutcome | null,
  other: ShownOutcome | null,
  differing: ReadonlySet<string>,
  side: keyof Marks,
): OutcomeData | null {
  if (shown === null) return null;
  const fields = shown.fields.map((field): ValueData => {
    const data = value(field);
    const twin = other?.fields.find(({ name }) => name === field.name);
    if (!differing.has(field.name)) return data;
    if (twin === undefined) return { ...data, differs: true };
    return { ...data, differs: true, ...marksOf(data, value(twin), side) };
  });
  return { kind: shown.kind, text: shortened(visible(shown.text), MAX_VALUE_LENGTH), fields };
}

function marksOf(data: ValueData, twin: ValueData, side: keyof Marks): Pick<ValueData, 'marks' | 'bitMarks'> {
  const [expected, actual] = side === 'expected' ? [data, twin] : [twin, data];
  if (expected.bits === undefined || actual.bits === undefined)
    return { marks: textMarks(expected.text, actual.text)[side] };
  return { marks: tailMarks(expected.text, actual.text)[side], bitMarks: digitMarks(expected.bits, actual.bits)[side] };
}

function value({ name, value: shown }: ShownField): ValueData {
  const data = {
    name: visible(name),
    type: visible(shown.type),
    text: shortened(visible(shown.text), MAX_VALUE_LENGTH),
  };
  return shown.bits === undefined ? data : { ...data, bits: shortened(visible(shown.bits), MAX_VALUE_LENGTH) };
}

function elsewhere(
  found: FunctionResult,
  suite: SubjectResult,
  id: string,
  runtimes: readonly string[],
): readonly (readonly [number, Verdict | null])[] {
  return found.results
    .filter((other) => other !== suite)
    .map((other) => [runtimes.indexOf(other.record.runtime.id), other.verdicts.get(id)]);
}

function firstNumber(inputs: readonly ShownField[]): number | null {
  for (const { value: shown } of inputs) {
    if (shown.bits === undefined) continue;
    const parsed = Number(shown.text);
    return Number.isFinite(parsed) ? parsed : null;
  }
  return null;
}
