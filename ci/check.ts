// The one gate: everything that can be said about the code without running it. `npm run check`
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import type { Gate, GateResult } from './gate.ts';
import { docs } from './gates/docs.ts';
import { fileSizes } from './gates/file-sizes.ts';
import { importCycles } from './gates/import-cycles.ts';
import { importGraph } from './gates/import-graph.ts';
import { lockfiles } from './gates/lockfiles.ts';
import { browserTypes, deadCode, docsTables, format, layoutHeader, lint, resultsSchema, types } from './gates/tools.ts';
import { committedFiles } from './gates/tracked-files.ts';
import { vocabulary } from './gates/vocabulary.ts';
import { projectFiles } from './project-files.ts';

const GATES: readonly Gate[] = [
  lint,
  types,
  browserTypes,
  layoutHeader,
  resultsSchema,
  docsTables,
  deadCode,
  format,
  importGraph,
  importCycles,
  fileSizes,
  docs,
  vocabulary,
  lockfiles,
  committedFiles,
];
const NAME_WIDTH = 16;

async function runGate(gate: Gate, root: string, files: readonly string[]): Promise<boolean> {
  const start = performance.now();
  const result = await gate.run(root, files).catch((error: unknown): GateResult => ({
    ok: false,
    summary: 'the gate itself broke',
    lines: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
  }));
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const text = [`${result.ok ? 'ok    ' : 'FAILED'} ${gate.name.padEnd(NAME_WIDTH)} ${result.summary} (${seconds} s)`];
  for (const warning of result.warnings ?? []) text.push(`       warning: ${warning}`);
  if (!result.ok) text.push(...result.lines.map((line) => `       ${line}`));
  console.log(text.join('\n'));
  return result.ok;
}

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const files = await projectFiles(root);
const passed = await Promise.all(GATES.map((gate) => runGate(gate, root, files)));
const failed = passed.filter((ok) => !ok).length;
console.log(failed === 0 ? `all ${GATES.length} gates passed` : `${failed} of ${GATES.length} gates failed`);
process.exitCode = failed === 0 ? 0 : 1;
