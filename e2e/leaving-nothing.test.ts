// What is left of a run that could not end as it wanted: nothing, and no half of a file.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { abandonedMemory, bin, installation, Project, repository } from './project.ts';

let project: Project;
beforeEach(() => {
  project = new Project();
});
afterEach(async () => {
  project.remove();
  expect(await abandonedMemory()).toEqual([]);
});

const TOUPPER = 'suites/baselines/example-toupper.yaml';

/** Running processes that name the folder of the project, in their arguments or as a folder that they see. */
function processesOfProject(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const state = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '');
        const mounts = readFileSync(`/proc/${pid}/mounts`, 'utf8');
        return !state.startsWith('Z') && (mounts.includes(project.folder) || readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(project.folder)); // prettier-ignore
      } catch {
        return false;
      }
    });
}

/** Files of the output folder, those of a run that is not done included. */
function files(): string[] {
  return existsSync(project.path('out')) ? readdirSync(project.path('out'), { recursive: true }).map(String) : [];
}

/** Runs a script in a mount namespace of its own, in the folder of the project; `$DLLPARITY` is the command. */
function inNamespace(script: string): { readonly code: number | null; readonly output: string } {
  const asRoot = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  const { status, stdout, stderr } = spawnSync('unshare', [...asRoot, '--mount', '--', 'sh', '-c', `exec 2>&1; ${script}`], {
    cwd: project.folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], NO_COLOR: '1', DLLPARITY: `${process.execPath} ${bin}` },
    timeout: 120_000,
  }); // prettier-ignore
  return { code: status, output: stdout + stderr };
}

describe('a worker that crashes', () => {
  it('fails the run, and leaves neither processes nor files', async () => {
    project.write(
      'suites/crash.test.ts',
      `import { library, test } from 'dllparity';
       test('ends its worker', ({ load }) => {
         load(library('msvcr120.dll', { toupper: 'int toupper(int c)' })).toupper(97);
         process.abort();
       });`,
    );
    const { code, output } = await project.dllparity(['run', 'crash']);
    expect(code, output).not.toBe(0);
    await expect.poll(processesOfProject, { timeout: 5000 }).toEqual([]);
    expect(files().filter((name) => /tmp|parts/.test(name))).toEqual([]);
  });
});

describe('a run that is ended', () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
    it(`by ${signal} leaves neither processes nor halves of files`, async () => {
      project.edit(project.suite, '    const memory = _strdup', `    if (input === 'a,,z') { process.stderr.write('NOW\\n'); for (const end = Date.now() + 20_000; Date.now() < end;) _strdup(Buffer.from('x\\0')); }
    const memory = _strdup`); // prettier-ignore
      const child = spawn(process.execPath, [bin, 'run'], { cwd: project.folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'] }); // prettier-ignore
      await new Promise<void>((resolve) => {
        for (const stream of [child.stdout, child.stderr]) {
          stream.on('data', (text: Buffer) => {
            if (text.includes('NOW')) resolve();
          });
        }
      });
      expect(files()).not.toEqual([]);
      process.kill(-child.pid!, signal);
      await once(child, 'exit');
      await expect.poll(processesOfProject, { timeout: 10_000 }).toEqual([]);
      expect(files().filter((name) => !/^(results\.jsonl|report\.html)$/.test(name))).toEqual([]);
    });
  }
});

describe('a folder for results', () => {
  it('whose disk is full: an error that says so, and no half of a file', () => {
    const { code, output } = inNamespace('mkdir out && mount -t tmpfs -o size=8k none out && { $DLLPARITY run; code=$?; ls -A out | sed "s/^/left: /"; exit $code; }'); // prettier-ignore
    expect(code, output).toBe(1);
    expect(output).toMatch(/the results cannot be written \[RESULTS_WRITE\]/);
    expect(output).toContain('ENOSPC: no space left on device');
    expect(output).not.toContain('left: ');
  });

  it('that may not be written to: the same, before anything runs', () => {
    const { code, output } = inNamespace('mkdir out && mount -t tmpfs -o ro none out && $DLLPARITY run');
    expect(code, output).not.toBe(0);
    expect(output).toMatch(/the results cannot be written \[RESULTS_WRITE\]/);
    expect(output).toContain('EROFS: read-only file system');
    expect(output).not.toContain('example-toupper');
  });
});

describe('a folder for baselines', () => {
  const genuine = join(installation.oracles, 'edge-5.9.2', 'x64', 'msvcr120.dll');
  it.skipIf(!existsSync(genuine))('whose disk is full: an error that says so, and the baseline of before', () => {
    const before = project.read(TOUPPER);
    const { code, output } = inNamespace(`
      cp -r suites/baselines kept && mount -t tmpfs -o size=400k none suites/baselines && cp -r kept/. suites/baselines/
      cat /dev/zero >suites/baselines/filler 2>/dev/null
      $DLLPARITY record letters; code=$?
      ls -A suites/baselines; cmp suites/baselines/example-toupper.yaml kept/example-toupper.yaml && echo as before
      exit $code`);
    expect(code, output).toBe(1);
    expect(output).toMatch(/the baseline cannot be written; what was there before still is \[RESULTS_WRITE\]/);
    expect(output).toMatch(/\nas before\n$/);
    const left = output.slice(output.lastIndexOf('as before') - 400).match(/^[\w-]+\.(yaml\.\d+|tmp)$/gm);
    expect(left).toBeNull();
    expect(project.read(TOUPPER)).toBe(before);
  });
});

describe('at once', () => {
  it('two runs in two projects do not disturb each other', async () => {
    const other = new Project();
    try {
      const ran = await Promise.all([project.dllparity(['run']), other.dllparity(['run'])]);
      for (const [index, { code, output }] of ran.entries()) {
        expect(code, output).toBe(0);
        const results = [project, other][index]!.results();
        expect(results.end).toMatchObject({ ok: true });
        expect(results.suite('example-toupper')).toMatchObject({ cases: 257, totals: { match: 257 } });
      }
    } finally {
      other.remove();
    }
  });

  it('two set-ups of one machine wait for each other', async () => {
    const dll = join(repository, 'build', 'reference-dlls', 'x64', 'state.dll');
    rmSync(dll);
    const setups = [0, 1].map(() => spawn(process.execPath, [join(repository, 'setup', 'setup.mjs'), '--for', 'tests'], { stdio: ['ignore', 'pipe', 'pipe'] })); // prettier-ignore
    const outputs = setups.map(() => '');
    for (const [index, { stdout, stderr }] of setups.entries()) {
      for (const stream of [stdout, stderr])
        stream.on('data', (text: Buffer) => (outputs[index] = (outputs[index] ?? '') + text.toString()));
    }
    const codes = await Promise.all(setups.map(async (child) => ((await once(child, 'exit')) as [number | null])[0]));
    expect(codes, outputs.join('\n')).toEqual([0, 0]);
    expect(existsSync(dll)).toBe(true);
    // One has built it, and the other has found it built.
    expect(outputs.filter((output) => output.includes('built state.dll'))).toHaveLength(1);
  });
});
