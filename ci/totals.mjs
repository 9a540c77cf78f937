// Sums what a run of .ci/run has tested. Node's own modules only: it must be able to say "failed" when npm ci did not work.
//
// Usage: node ci/totals.mjs <vitest report> <its exit code> <results.jsonl> <its exit code> <exit code of the gates> <of the set-up> <of the clean room>
import { readFileSync } from 'node:fs';

/** @typedef {{ readonly passed: number, readonly failed: number, readonly skipped?: number }} Totals */

// The verdicts that let a run pass, as protocol/records/verdict.ts lists them.
const PASSING = new Set(['match', 'tolerated', 'known-divergence', 'inconclusive']);
// vitest's words for a test that was not run.
const SKIPPED = new Set(['skipped', 'pending', 'todo', 'disabled']);
const UNDECIDED = new Set(['unsupported', 'baseline-missing']);

/**
 * Tests of a vitest JSON report. A file that could not be run, and an error outside any test, count as failed.
 * @param {string | undefined} text
 * @param {number} exitCode
 * @returns {Totals}
 */
export function vitestTotals(text, exitCode) {
  /** @type {{ testResults?: { status: string, assertionResults: { status: string }[] }[] } | undefined} */
  const report = parse(text);
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  for (const file of report?.testResults ?? []) {
    const states = file.assertionResults.map((test) => test.status);
    const failedHere = states.filter((state) => state === 'failed').length;
    passed += states.filter((state) => state === 'passed').length;
    // The tests of a runtime that is not installed are one that is skipped.
    skipped += states.filter((state) => SKIPPED.has(state)).length;
    failed += failedHere === 0 && file.status === 'failed' ? 1 : failedHere;
  }
  return withExitCode({ passed, failed, skipped }, exitCode);
}

/**
 * Functions, search-order rules and tests of a conformance run: each function and each rule is one, whatever the number of its cases.
 * @param {string | undefined} text The lines of results.jsonl.
 * @param {number} exitCode
 * @returns {Totals}
 */
export function conformanceTotals(text, exitCode) {
  const count = { passed: 0, failed: 0, undecided: 0, skipped: 0 };
  let ok = false;
  let strict = true;
  for (const line of (text ?? '').split('\n')) {
    /** @type {{ record?: string, state?: 'passed' | 'failed' | 'skipped', ok?: boolean, strict?: boolean } & Subject | undefined} */
    const record = parse(line);
    if (record?.record === 'run') strict = record.strict !== false;
    if (record?.record === 'end') ok = record.ok === true;
    if (record?.record === 'test' && record.state) count[record.state] += 1;
    if (record?.record === 'subject') count[subjectState(record)] += 1;
  }
  // What could not be compared fails a strict run, and says nothing in another one.
  const failed = strict ? count.failed + count.undecided : count.failed;
  // A run without its last line was cut off.
  return withExitCode({ passed: count.passed, failed }, ok ? exitCode : exitCode || 1);
}

/** @typedef {{ readonly problem?: { readonly verdict: string } | null, readonly totals?: Readonly<Record<string, number>> }} Subject */

/** @param {Subject} subject */
function subjectState(subject) {
  const verdicts = Object.entries(subject.totals ?? {}).filter(([, count]) => count > 0);
  const failing = verdicts.map(([verdict]) => verdict).filter((verdict) => !PASSING.has(verdict));
  if (subject.problem) failing.push(subject.problem.verdict);
  if (failing.length === 0) return 'passed';
  return failing.every((verdict) => UNDECIDED.has(verdict)) ? 'undecided' : 'failed';
}

/**
 * A program that failed has failed, even when nothing it counted did.
 * @param {Totals} totals
 * @param {number} exitCode
 * @returns {Totals}
 */
function withExitCode(totals, exitCode) {
  return exitCode !== 0 && totals.failed === 0 ? { ...totals, failed: 1 } : totals;
}

/**
 * @param {string | undefined} text
 * @returns {any}
 */
function parse(text) {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** @param {readonly string[]} argv */
function main([
  report = '',
  reportCode = '1',
  results = '',
  resultsCode = '1',
  gatesCode = '1',
  setupCode = '1',
  roomCode = '1',
]) {
  const tests = vitestTotals(read(report), Number(reportCode));
  const conformance = conformanceTotals(read(results), Number(resultsCode));
  const gates = withExitCode({ passed: 0, failed: 0 }, Number(gatesCode));
  const setup = withExitCode({ passed: 0, failed: 0 }, Number(setupCode));
  const room = withExitCode({ passed: 0, failed: 0 }, Number(roomCode));
  const passed = tests.passed + conformance.passed;
  const failed = tests.failed + conformance.failed + gates.failed + setup.failed + room.failed;
  console.log(`set-up: ${setup.failed === 0 ? 'passed' : 'failed, counted as one'}`);
  console.log(`tests: ${tests.passed} passed, ${tests.failed} failed, ${tests.skipped ?? 0} skipped`);
  console.log(`conformance: ${conformance.passed} functions, rules and tests passed, ${conformance.failed} failed`);
  console.log(`gates: ${gates.failed === 0 ? 'passed' : 'failed, counted as one'}`);
  console.log(`clean room: ${room.failed === 0 ? 'passed' : 'failed, counted as one'}`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

if (process.argv[1] === import.meta.filename) main(process.argv.slice(2));
