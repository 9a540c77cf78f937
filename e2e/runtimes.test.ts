import { afterEach, beforeEach, expect, it } from 'vitest';
import { listRuntimes } from '../harness/machines/installation.ts';
import type { RuntimeState } from '../harness/machines/runtime-states.ts';
import { Project } from './project.ts';

let project: Project;
beforeEach(() => {
  project = new Project();
});
afterEach(() => {
  project.remove();
});

it('dllparity runtimes lists what is usable, and writes the same as JSON', async () => {
  const { code, output } = await project.dllparity(['runtimes', '--json', 'out/runtimes.json']);
  expect(code, output).toBe(0);
  const { installed, notInstalled, cannotRun } = listRuntimes();
  expect(output).toMatch(new RegExp(`^${installed[0] ?? ''} +usable, default +wine-`, 'm'));
  for (const { id, command } of notInstalled) expect(output).toContain(`${id}: it is not installed.\n  next: Run \`${command}\`.`); // prettier-ignore
  for (const { id, why } of cannotRun) expect(output).toContain(`${id}: ${why}.`);
  const { runtimes } = JSON.parse(project.read('out/runtimes.json')) as { runtimes: RuntimeState[] };
  expect(runtimes.map(({ id }) => id)).toEqual([...installed, ...notInstalled.map(({ id }) => id), ...cannotRun.map(({ id }) => id)]); // prettier-ignore
});

it('dllparity runtimes says when its document cannot be written', async () => {
  const { code, output } = await project.dllparity(['runtimes', '--json', '/proc/runtimes.json']);
  expect(code).toBe(70);
  expect(output).toContain('the document cannot be written [RESULTS_WRITE]');
});
