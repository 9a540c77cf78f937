import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installation, Project } from './project.ts';

let project: Project;
beforeEach(() => {
  project = new Project();
});
afterEach(() => project.remove());

const TOUPPER = 'suites/baselines/example-toupper.yaml';
const PIN = { fileVersion: '12.0.21005.1', sha256: 'ad32240bb1de55c3f5fcac8789f583a17057f9d14914c538c2a7a5ad346b341c' };
const genuine = join(installation.oracles, 'edge-5.9.2', 'x64', 'msvcr120.dll');
const builtin = join(installation.template, 'drive_c', 'windows', 'system32', 'msvcr120.dll');

/** A suite of one function whose library names this oracle, or none. */
function suite(title: string, oracle: { file: string; fileVersion?: string; sha256?: string } | undefined): string {
  const pinned = oracle && JSON.stringify({ source: 'a test', ...PIN, ...oracle });
  const options = pinned === undefined ? '{}' : `{ oracle: microsoftDll(${pinned}) }`;
  return `{
    const lib = library('msvcr120.dll', { toupper: 'int toupper(int c)' }, ${options});
    conformance('${title}', lib.toupper, { args: [fc.integer({ min: 0, max: 255 })], runs: 5 });
  }\n`;
}

/** Records these suites alone. Returns the output, without the colours of errors. */
async function record(suites: readonly string[]): Promise<{ code: number | null; output: string }> {
  project.write('suites/refused.test.ts', `import { conformance, fc, library, microsoftDll } from 'dllparity';\n${suites.join('')}`); // prettier-ignore
  return project.dllparity(['record', 'refused']);
}

describe('recording is refused', () => {
  it("from Wine's own DLL, from a file that is not there, and where no oracle is named", async () => {
    const { code, output } = await record([
      suite('builtin', { file: builtin }),
      suite('nowhere', { file: project.path('nothing.dll') }),
      suite('nameless', undefined),
    ]);
    expect(code).toBe(1);
    expect(output).toContain("this is one of Wine's own DLLs: a Wine result never becomes a baseline [ORACLE_REFUSED]");
    expect(output).toContain(builtin);
    expect(output).toMatch(/is not on this machine \[ORACLE_MISSING\]\s+at .*nothing\.dll/);
    expect(output).toContain('msvcr120.dll has no oracle to record msvcr120.dll/nameless from [ORACLE_MISSING]');
    for (const title of ['builtin', 'nowhere', 'nameless'])
      expect(existsSync(project.path(`suites/baselines/${title}.yaml`))).toBe(false);
  });

  it.skipIf(!existsSync(genuine))('from a changed file, another DLL or another version than the suite pins', async () => {
    const changed = project.path('msvcr120.dll');
    copyFileSync(genuine, changed);
    const bytes = readFileSync(changed);
    bytes[0x2000]! ^= 1;
    writeFileSync(changed, bytes);
    const { code, output } = await record([
      suite('changed', { file: changed }),
      suite('other', { file: genuine.replace('msvcr120', 'msvcp120') }),
      suite('version', { file: genuine, fileVersion: '12.0.40664.0' }),
    ]);
    expect(code).toBe(1);
    expect(output).toMatch(/the file has SHA-256 [0-9a-f]{64}, and the suite pins ad32240b/);
    expect(output.match(/, and the suite pins/g)?.length).toBeGreaterThanOrEqual(3);
    expect(output).toContain('the file has version 12.0.21005.1, and the suite pins 12.0.40664.0 [ORACLE_REFUSED]');
    for (const title of ['changed', 'other', 'version'])
      expect(existsSync(project.path(`suites/baselines/${title}.yaml`))).toBe(false);
  }); // prettier-ignore
});

describe.skipIf(!existsSync(genuine))("recording from Microsoft's DLL", () => {
  it('gives the same cases again, but for when', async () => {
    const cases = (): string => project.read(TOUPPER).split('\ncases:\n')[1] ?? '';
    const [before, head] = [cases(), project.read(TOUPPER)];
    const { code, output } = await project.dllparity(['record', 'letters']);
    expect(code, output).toBe(0);
    expect(cases()).toBe(before);
    expect(project.read(TOUPPER)).not.toBe(head);
    expect((await project.dllparity(['run'])).code).toBe(0);
  });
});
