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
    'says that two runtimes are alike, and that the cases of one are gone where it did not run',
    async () => {
      const { output } = await project.dllparity(['run', '--runtimes', `${EIGHT},${TEN}`]);
      expect(project.hasResults(), output).toBe(true);

      const alike = await project.dllparity(['compare', EIGHT, TEN, '--markdown', 'out/comment.md', '--json', 'out/c.json']); // prettier-ignore
      expect(alike.code, alike.output).toBe(0);
      expect(alike.output).toMatch(/^NOT WORSE {2}no case has changed$/m);
      expect(alike.output).toMatch(/^msvcr120\.dll +604 of 607 +604 of 607 /m);
      expect(project.read('out/comment.md')).toMatch(/^## dllparity compare: NOT WORSE: /);
      expect(JSON.parse(project.read('out/c.json'))).toMatchObject({ worse: false, totals: { 'newly-failing': 0 } });

      project.write('before.jsonl', project.read('out/results.jsonl'));
      await project.dllparity(['run', '--runtimes', EIGHT]);
      const gone = await project.dllparity(['compare', 'before.jsonl', 'out/results.jsonl']);
      expect(gone.code, gone.output).toBe(1);
      expect(gone.output).toMatch(/^Removed .*: 607 cases$/m);
      expect((await project.dllparity(['compare', 'before.jsonl', 'out/results.jsonl', '--allow-removed'])).code).toBe(
        0,
      );
    },
  );

  it('says what it needs when nothing was run, and when a word is missing', async () => {
    const { code, output } = await project.dllparity(['compare', EIGHT, TEN]);
    expect(code).toBe(70);
    expect(output).toContain('[RUNTIME_NOT_IN_RESULTS]');
    expect((await project.dllparity(['compare', EIGHT])).code).toBe(70);
  });
});
