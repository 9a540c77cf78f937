import { afterEach, beforeEach, expect, it } from 'vitest';
import { otherRuntimes, Project, runtimes } from './project.ts';

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
  expect(output).toMatch(new RegExp(`^${runtimes[0] ?? ''} +usable, default +wine-`, 'm'));
  for (const { id, why } of otherRuntimes) expect(output).toContain(`${id}: ${why}`);
  const written = JSON.parse(project.read('out/runtimes.json')) as { runtimes: { id: string; state: string }[] };
  expect(written.runtimes.map(({ id }) => id)).toEqual([...runtimes, ...otherRuntimes.map(({ id }) => id)]);
  expect(written.runtimes[0]).toMatchObject({ state: 'usable', isDefault: true, why: null, command: null });
});

it('dllparity runtimes says when its document cannot be written', async () => {
  const { code, output } = await project.dllparity(['runtimes', '--json', '/proc/runtimes.json']);
  expect(code).toBe(70);
  expect(output).toContain('the document cannot be written [RESULTS_WRITE]');
});

it('dllparity doctor boots an agent in each runtime that is usable, and says what keeps a DLL in', async () => {
  const { code, output } = await project.dllparity(['doctor', '--json', 'doctor.json']);
  expect(code, output).toBe(0);
  for (const id of runtimes) {
    expect(output).toMatch(new RegExp(`^= +${id} +wine-.*: an agent boots and calls in \\d+ ms$`, 'm'));
  }
  expect(output).toMatch(/^\d+ ok, \d+ limited, 0 broken$/m);
  const { findings } = JSON.parse(project.read('doctor.json')) as { findings: { check: string }[] };
  expect(findings.map(({ check }) => check)).toEqual(expect.arrayContaining(['Node', 'disk', 'sandbox', 'limits']));
});

it('dllparity doctor fails where an agent does not boot, and says why', async () => {
  const { code, output } = await project.dllparity(['doctor'], { DLLPARITY_SANDBOX: 'required', PATH: '/nowhere' });
  expect([code, output]).toEqual([1, expect.stringMatching(/^× +wine-/m)]);
});
