import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { abandonedMemory, Project } from './project.ts';

let project: Project;
beforeEach(() => {
  project = new Project();
});
afterEach(() => project.remove());

const bin = fileURLToPath(new URL('../bin/dllparity.js', import.meta.url));

it('kill -9 of the agent between two calls: no case is blamed, the run goes on and fails', async () => {
  project.edit(project.suite, 'script: ({ strtok, _strdup, free }, input) => {', 'script: ({ strtok, _strdup, free }, input, agent) => {');
  project.edit(project.suite, '    const memory = _strdup', `    if (input === 'a,,z') process.kill(agent.pid!, 'SIGKILL');
    const memory = _strdup`);
  const { code, output } = await project.dllparity(['run']);
  expect(code).toBe(1);
  const results = project.results();
  expect(results.suite('example-strtok')).toMatchObject({
    cases: 50, totals: { match: 50 }, lateFaults: [{ text: expect.stringContaining('signal 9') }],
  });
  expect(results.suite('example-toupper')?.totals.match).toBe(257);
  expect(results.end?.ok).toBe(false);
  expect(output).toContain('signal 9');
  expect(await abandonedMemory()).toEqual([]);
}); // prettier-ignore

it('Ctrl-C in mid-run ends it and leaves nothing', async () => {
  project.edit(project.suite, '    const memory = _strdup', `    if (input === 'a,,z') { process.stderr.write('NOW\\n'); for (const end = Date.now() + 20_000; Date.now() < end;) _strdup(Buffer.from('x\\0')); }
    const memory = _strdup`);
  const child = spawn(process.execPath, [bin, 'run'], { cwd: project.folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  await new Promise<void>((resolve) => {
    const look = (text: Buffer): void => {
      if (text.includes('NOW')) resolve();
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
  });
  process.kill(-child.pid!, 'SIGINT');
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(code).not.toBe(0);
  expect(await abandonedMemory()).toEqual([]);
}); // prettier-ignore
