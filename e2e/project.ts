// A project as a user has it, in a temporary folder, with the suite of examples/005-conformance-suite.
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { CaseRecord, EndRecord, ResultRecord, SubjectRecord } from '../protocol/records/result-record.ts';

export const repository = fileURLToPath(new URL('..', import.meta.url));

/** The command line. */
export const bin = join(repository, 'bin', 'dllparity.js');

const setUp = JSON.parse(readFileSync(join(repository, 'build', 'setup.json'), 'utf8')) as {
  readonly runtimes: readonly { readonly id: string; readonly template: string }[];
  readonly notInstalled: readonly { readonly id: string; readonly command: string }[];
  readonly cannotRun: readonly { readonly id: string; readonly why: string }[];
  readonly oracles: string;
};

/** Ids of the runtimes on this machine. */
export const runtimes = setUp.runtimes.map(({ id }) => id);

/** The runtimes that this machine lacks, with the words in which the set-up says why. */
export const otherRuntimes = [
  ...setUp.notInstalled.map(({ id, command }) => ({ id, why: `it is not installed.\n  next: Run \`${command}\`.` })),
  ...setUp.cannotRun.map(({ id, why }) => ({ id, why: `${why}.` })),
];

/** What set-up has put on this machine. */
export const installation = { template: setUp.runtimes[0]!.template, oracles: setUp.oracles };

export interface Ran {
  /** Null when a signal ended it. */
  readonly code: number | null;
  /** Standard output and standard error. */
  readonly output: string;
}

export class Project {
  readonly folder: string;
  readonly suite: string;

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'dllparity-e2e-'));
    const from = (path: string): string => JSON.stringify(join(repository, path));
    this.write('package.json', '{ "name": "a-project", "type": "module" }');
    symlinkSync(join(repository, 'node_modules'), join(this.folder, 'node_modules'));
    this.write(
      'vitest.config.ts',
      `import { defineConfig } from 'vitest/config';
       import { dllparity } from ${from('harness/config.ts')};
       export default defineConfig({
         resolve: { alias: { dllparity: ${from('harness/index.ts')} } },
         plugins: [dllparity()],
         test: { include: ['suites/**/*.test.ts'], maxWorkers: 1 },
       });`,
    );
    mkdirSync(join(this.folder, 'suites'));
    const example = join(repository, 'examples', '005-conformance-suite');
    for (const name of ['baselines', 'known-divergences.yaml'])
      cpSync(join(example, name), join(this.folder, 'suites', name), { recursive: true });
    this.suite = 'suites/letters.test.ts';
    cpSync(join(example, 'conformance-suite.test.ts'), this.path(this.suite));
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  write(name: string, text: string): void {
    writeFileSync(this.path(name), text);
  }

  /** Changes a file, and says on which line; the text must be there. */
  edit(name: string, from: string, to: string): number {
    const text = this.read(name);
    const at = text.indexOf(from);
    if (at < 0) throw new Error(`${name} does not contain ${from}`);
    this.write(
      name,
      text.replace(from, () => to),
    );
    return text.slice(0, at).split('\n').length;
  }

  /** Runs the command line in the project. */
  dllparity(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ran> {
    return new Promise((resolve) => {
      const child = execFile(
        process.execPath,
        [bin, ...args],
        { cwd: this.folder, env: { PATH: process.env['PATH'], HOME: process.env['HOME'], NO_COLOR: '1', ...environment } },
        (_error, stdout, stderr) => {
          resolve({ code: child.exitCode, output: stdout + stderr });
        },
      );
    }); // prettier-ignore
  }

  results(): Results {
    return new Results(this.path('out/results.jsonl'));
  }

  hasResults(): boolean {
    return existsSync(this.path('out/results.jsonl'));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** results.jsonl, by kinds of records. */
export class Results {
  private readonly records: readonly ResultRecord[];

  constructor(file: string) {
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    this.records = lines.map((line) => JSON.parse(line) as ResultRecord);
  }

  get end(): EndRecord | undefined {
    return this.records.find((record) => record.record === 'end');
  }

  suite(title: string): SubjectRecord | undefined {
    return this.suites(title)[0];
  }

  /** One for each runtime. */
  suites(title: string): readonly SubjectRecord[] {
    return this.records.filter((record) => record.record === 'subject' && record.name === title) as SubjectRecord[];
  }

  cases(title: string): readonly CaseRecord[] {
    return this.records.filter((record) => record.record === 'case' && record.subject.endsWith(`/${title}`)) as CaseRecord[]; // prettier-ignore
  }
}

/** Shared memory of processes that have ended; after a few seconds there should be none. */
export async function abandonedMemory(): Promise<string[]> {
  for (let tries = 0; ; tries++) {
    const found = readdirSync('/dev/shm').filter((name) => {
      const owner = /^dllparity-(\d+)-\d+$/.exec(name)?.[1];
      return owner !== undefined && !existsSync(`/proc/${owner}`);
    });
    if (found.length === 0 || tries === 50) return found;
    await sleep(100);
  }
}
