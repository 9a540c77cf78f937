import { SCENARIO_VERDICTS, VERDICTS } from '../protocol/records/result-record.ts';
import { amount, fields, flag, listOf, nullable, oneOf, optional, text, type Shape } from './shape.ts';

const verdict = oneOf(...VERDICTS);
const totals = fields(Object.fromEntries(VERDICTS.map((name) => [name, amount])));
const cpu = fields({ model: text, features: listOf(text) });
const architecture = oneOf('x64', 'ia32');

const provenance = fields({
  oracle: oneOf('windows', 'microsoft-dll', 'documented'),
  dll: text,
  company: text,
  fileVersion: text,
  sha256: text,
  architecture,
  source: text,
  host: text,
  cpu,
  recorder: text,
  recordedAt: text,
  systemCalls: optional(listOf(text)),
  withheld: optional(fields({ cases: amount, asked: listOf(text) })),
});

const runtime = fields({
  id: text,
  kind: oneOf('wine', 'windows'),
  version: text,
  build: text,
  architecture,
  reportsWindows: text,
  agent: fields({ revision: text, node: optional(text), koffi: optional(text) }),
  sandbox: optional(
    fields({
      state: oneOf('on', 'off'),
      reason: nullable(text),
      clone: oneOf('overlay', 'copy'),
      limits: fields({ memoryBytes: optional(amount), processes: optional(amount), diskBytes: optional(amount) }),
    }),
  ),
});

const shownFields = listOf(fields({ name: text, value: fields({ type: text, text, bits: optional(text) }) }));

const outcome = fields({
  kind: oneOf('returned', 'faulted', 'exited', 'timed-out', 'wire-damaged', 'not-callable'),
  text,
  fields: shownFields,
});

const detail = fields({
  inputs: shownFields,
  expected: nullable(outcome),
  actual: nullable(outcome),
  difference: nullable(fields({ summary: text, fields: listOf(text), ulp: optional(text), offset: optional(amount) })),
  confirmed: optional(flag),
  baselineLine: nullable(amount),
  baselineFile: optional(text),
  known: optional(amount),
  replay: text,
  log: optional(listOf(text)),
});

/** What a line of each kind must look like: protocol/records/result-record.ts, as checks. */
export const RECORD_SHAPES: Readonly<Record<string, Shape>> = {
  run: fields({
    id: text,
    startedAt: text,
    dllparity: text,
    strict: optional(flag),
    host: fields({ os: text, node: text, cpu }),
  }),
  suite: fields({
    suite: text,
    dll: text,
    function: text,
    prototype: nullable(text),
    runtime,
    file: text,
    line: amount,
    comparator: text,
    baseline: nullable(fields({ file: text, digest: text, provenance })),
    known: listOf(fields({ reason: text, bug: text, wine: text, cases: amount, file: text, line: amount })),
    cases: amount,
    totals,
    durationMs: amount,
    problem: nullable(fields({ verdict, message: text })),
    lateFaults: optional(
      listOf(fields({ text, withinMs: amount, suspects: listOf(fields({ call: text, replayed: text })) })),
    ),
  }),
  case: fields({
    suite: text,
    runtime: text,
    id: text,
    verdict,
    carriedOver: optional(text),
    detail: optional(detail),
  }),
  scenarios: fields({
    rule: text,
    runtime,
    file: text,
    scenarios: amount,
    totals: fields(Object.fromEntries(SCENARIO_VERDICTS.map((name) => [name, amount]))),
    durationMs: amount,
  }),
  scenario: fields({
    rule: text,
    runtime: text,
    id: text,
    title: text,
    line: amount,
    verdict: oneOf(...SCENARIO_VERDICTS),
    expected: nullable(listOf(text)),
    evidence: oneOf('documented', 'wine-test', 'reported', 'unverified', 'none'),
    source: text,
    actual: listOf(text),
    because: optional(text),
    twin: optional(text),
    problem: optional(text),
    durationMs: amount,
    replay: text,
  }),
  test: fields({
    name: text,
    runtime: optional(text),
    file: text,
    line: nullable(amount),
    state: oneOf('passed', 'failed', 'skipped'),
    durationMs: amount,
    errors: listOf(text),
  }),
  end: fields({
    finishedAt: text,
    durationMs: amount,
    cases: amount,
    totals,
    tests: fields({ passed: amount, failed: amount, skipped: amount }),
    ok: flag,
  }),
};
