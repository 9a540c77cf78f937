import { execa } from 'execa';
import type { Gate } from '../gate.ts';

/** A gate that is a program of node_modules: it passes when the program exits with 0. */
function tool(name: string, program: string, args: readonly string[]): Gate {
  return {
    name,
    async run(root) {
      const result = await execa(program, args, {
        cwd: root,
        preferLocal: true,
        localDir: root,
        all: true,
        reject: false,
      });
      const command = [program, ...args].join(' ');
      const output = result.all.split('\n');
      if (result.exitCode === undefined) output.push(result.message ?? `${program} could not be started.`);
      return { ok: result.exitCode === 0, summary: command, lines: output };
    },
  };
}

// Both caches are kept in node_modules. The linter has none: what it says about a file depends on the types of others.
const BUILD_INFO = 'node_modules/.cache/tsc.tsbuildinfo';

export const lint = tool('lint', 'eslint', ['.', '--max-warnings', '0']);
export const format = tool('format', 'prettier', ['--check', '--cache', '--log-level', 'warn', '.']);
export const types = tool('types', 'tsc', [
  '--noEmit',
  '--pretty',
  'false',
  '--incremental',
  '--tsBuildInfoFile',
  BUILD_INFO,
]);
export const deadCode = tool('dead code', 'knip', ['--no-progress']);
export const browserTypes = tool('browser types', 'tsc', [
  '--noEmit',
  '--pretty',
  'false',
  '-p',
  'reports/html/client',
]);
export const layoutHeader = tool('layout header', 'tsx', ['agent/native/write-layout.ts', '--check']);
export const resultsSchema = tool('results schema', 'tsx', ['tools/generate/results-schema.ts', '--check']);
export const docsTables = tool('docs tables', 'tsx', ['tools/generate/docs-tables.ts', '--check']);
