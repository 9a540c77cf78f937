import type { WhichProblem, WhichRecord, WhichRetry } from '../../protocol/which-record.ts';
import { treeText } from './tree-text.ts';
import { retryText, SEVERITIES } from './words.ts';

/** What `dllparity which` prints: problems first, then the tree. */
export function whichText(record: WhichRecord): string {
  const { program, runtime, problems } = record;
  return [
    `${program.path} · ${program.architecture} · ${runtime.build}`,
    `on Windows: by the documented rules. under ${runtime.id}: as the loader has really done it, up to the program's first instruction.`,
    ...(program.manifest === null ? [] : [`manifest: ${program.manifest.source}`]),
    '',
    ...(problems.length === 0 ? ['No problem found.'] : problems.flatMap((problem) => problemText(problem, record.retry, record))),
    '',
    ...treeText(record),
    ...ofWineText(record),
    '',
  ].join('\n');
}

function problemText({ severity, text, advice, override }: WhichProblem, retry: WhichRetry | null, record: WhichRecord): string[] {
  const lines = [`${SEVERITIES[severity].sign} ${text}`];
  if (advice !== null) lines.push(`    ${advice}`);
  if (override !== null && retry !== null) lines.push(`    ${retryText(override, retry, record)}`);
  return lines;
}

function ofWineText({ run }: WhichRecord): string[] {
  if (run.ofWine.length === 0) return [];
  return ['', `Loaded beside them by DLLs of Wine itself: ${run.ofWine.join(', ')}`];
}
