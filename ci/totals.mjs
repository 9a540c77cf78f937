// Sums what a run of .ci/run has tested. Node's own modules only: it must be able to say "failed" when npm ci did not work.
//
// Usage: node ci/totals.mjs <vitest report> <its exit code> <results.jsonl> <its exit code> <exit code of the gates>
import { readFileSync } from 'node:fs';

/** @typedef {{ readonly passed: number, readonly failed: number }} Totals */

// The verdicts that let a run pass, as protocol/result-record.ts lists them.
const PASSING = new Set(['match', 'tolerated', 'known-divergence']);

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
  for (const file of report?.testResults ?? []) {
    const states = file.assertionResults.map((test) => test.status);
    const failedHere = states.filter((state) => state === 'failed').length;
    passed += states.filter((state) => state === 'passed').length;
    failed += failedHere === 0 && file.status === 'failed' ? 1 : failedHere;
  }
  return withExitCode({ passed, failed }, exitCode);
}

/**
 * Functions and tests of a conformance run: each function compared with its baseline is one, whatever the number of its cases.
 * @param {string | undefined} text The lines of results.jsonl.
 * @param {number} exitCode
 * @returns {Totals}
 */
export function conformanceTotals(text, exitCode) {
  let passed = 0;
  let failed = 0;
  let ended = false;
  for (const line of (text ?? '').split('\n')) {
    /** @type {{ record?: string, state?: string, problem?: unknown, totals?: Record<string, number>, ok?: boolean } | undefined} */
    const record = parse(line);
    if (record?.record === 'end') ended = record.ok === true;
    if (record?.record === 'test' && record.state === 'passed') passed += 1;
    if (record?.record === 'test' && record.state === 'failed') failed += 1;
    if (record?.record !== 'suite') continue;
    const failing = Object.entries(record.totals ?? {}).some(([verdict, count]) => count > 0 && !PASSING.has(verdict));
    if (failing || record.problem) failed += 1;
    else passed += 1;
  }
  // A run without its last line was cut off.
  return withExitCode({ passed, failed }, ended ? exitCode : exitCode || 1);
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
function main([report = '', reportCode = '1', results = '', resultsCode = '1', gatesCode = '1']) {
  const tests = vitestTotals(read(report), Number(reportCode));
  const conformance = conformanceTotals(read(results), Number(resultsCode));
  const gates = withExitCode({ passed: 0, failed: 0 }, Number(gatesCode));
  const passed = tests.passed + conformance.passed;
  const failed = tests.failed + conformance.failed + gates.failed;
  console.log(`tests: ${tests.passed} passed, ${tests.failed} failed`);
  console.log(`conformance: ${conformance.passed} functions and tests passed, ${conformance.failed} failed`);
  console.log(`gates: ${gates.failed === 0 ? 'passed' : 'failed, counted as one'}`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

if (process.argv[1] === import.meta.filename) main(process.argv.slice(2));
