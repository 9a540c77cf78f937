// Runs what takes too long for every change, each step whatever became of those before it, and says at the end which have failed.
import { spawnSync } from 'node:child_process';

const REPORTERS = ['--reporter=default', '--reporter=./ci/retried-reporter.mjs'];
const RANDOM = { DLLPARITY_SCENARIOS: '2000', DLLPARITY_FAULT_SEQUENCES: '200', DLLPARITY_WIRE_ROUNDS: '100000' };

/** @type {readonly (readonly [title: string, command: readonly string[], environment: Record<string, string>])[]} */
const steps = [
  ['all tests on all runtimes', ['npx', 'vitest', 'run', ...REPORTERS], { DLLPARITY_TESTS: 'all', ...RANDOM }],
  ['conformance', ['npm', 'run', 'conformance', '--', '--runtimes', 'all'], {}],
  ['soak', ['npm', 'run', 'soak'], {}],
  ['all tests as an ordinary user', ['npm', 'run', 'ordinary-user'], {}],
  ['clean room', ['npm', 'run', 'clean-room'], {}],
];

const lines = [];
let failed = 0;
for (const [title, [program = '', ...args], environment] of steps) {
  console.log(`== ${title}`);
  const start = performance.now();
  const { status } = spawnSync(program, args, { stdio: 'inherit', env: { ...process.env, ...environment } });
  if (status !== 0) failed += 1;
  lines.push(`${status === 0 ? 'passed' : 'FAILED'}  ${title} (${((performance.now() - start) / 1000).toFixed(0)} s)`);
}
console.log(['== nightly', ...lines].join('\n'));
process.exitCode = failed === 0 ? 0 : 1;
