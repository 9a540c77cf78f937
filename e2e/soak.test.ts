import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { repository } from './project.ts';

/** Of `npm run soak`, which takes ten minutes. */
const SECONDS = 12;

it(`${SECONDS.toString()} seconds of healthy calls and misbehaviour: every result is right, nothing grows, nothing is left`, () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--expose-gc', '--import', 'tsx', 'tools/bench/soak.ts', '--seconds', SECONDS.toString()],
    { cwd: repository, encoding: 'utf8', timeout: 150_000 },
  );
  expect(status, stdout + stderr).toBe(0);
  expect(stdout).toContain('soak: no growth, nothing left');
  expect(Number(/(\d+) troubles, /.exec(stdout)?.[1])).toBeGreaterThan(20);
});
