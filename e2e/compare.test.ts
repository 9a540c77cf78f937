import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Project, runtimes } from './project.ts';

let project: Project;
beforeEach(() => {
  project = new Project();
});
afterEach(() => project.remove());

const [EIGHT, TEN] = ['wine-8.0-x64', 'wine-10.0-x64'];

describe('dllparity compare', () => {
  it.skipIf(!runtimes.includes(EIGHT) || !runtimes.includes(TEN))(
    'lists what Wine 10 does right and Wine 8 did not, and fails the way back',
    async () => {
      const { output } = await project.dllparity(['run', '--runtimes', `${EIGHT},${TEN}`]);
      expect(project.hasResults(), output).toBe(true);

      const better = await project.dllparity(['compare', EIGHT, TEN, '--markdown', 'out/comment.md', '--json', 'out/c.json']); // prettier-ignore
      expect(better.code, better.output).toBe(0);
      expect(better.output).toMatch(/^BETTER {2}/m);
      expect(better.output).toMatch(/msvcr120\.dll\/example-sin#[0-9a-f]{8} +known-divergence → right/);
      expect(project.read('out/comment.md')).toMatch(/^## dllparity compare: BETTER: /);
      expect(JSON.parse(project.read('out/c.json'))).toMatchObject({ worse: false, totals: { 'newly-failing': 0 } });

      const worse = await project.dllparity(['compare', `out/results.jsonl#${TEN}`, `out/results.jsonl#${EIGHT}`]);
      expect(worse.code).toBe(1);
      expect(worse.output).toMatch(/^WORSE {2}\d+ cases? newly failing$/m);
    },
  );

  it('says what it needs when nothing was run, and when a word is missing', async () => {
    const { code, output } = await project.dllparity(['compare', EIGHT, TEN]);
    expect(code).toBe(70);
    expect(output).toContain('[RUNTIME_NOT_IN_RESULTS]');
    expect((await project.dllparity(['compare', EIGHT])).code).toBe(70);
  });
});
