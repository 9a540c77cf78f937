import type { WhichProblem, WhichRecord, WhichRetry } from '../../protocol/records/which-record.ts';
import { functionsText } from './functions-text.ts';
import { visible } from '../visible-text.ts';
import { treeText } from './tree-text.ts';
import { othersText, retryText, SEVERITIES } from './words.ts';

/** What `dllparity which` prints: problems first, then the tree. */
export function whichText(record: WhichRecord): string {
  const { program, runtime, problems } = record;
  return [
    `${program.path} · ${program.architecture} · ${runtime.build}`,
    `on Windows: by the documented rules. under ${runtime.id}: as its loader has really done it, before the program's own code runs.`,
    ...(record.loadedAs === null ? [] : [`${record.asked ?? ''}: loaded ${record.loadedAs}`]),
    ...(program.manifest === null ? [] : [`manifest: ${program.manifest.source}`]),
    '',
    ...(problems.length === 0
      ? ['No problem found.']
      : problems.flatMap((problem) => problemText(problem, record.retry, record))),
    '',
    ...treeText(record),
    ...functionsText(record),
    ...othersText(record).flatMap(({ label, text }) => ['', `${label}: ${text}`]),
    '',
  ]
    .map(visible)
    .join('\n');
}

function problemText(
  { severity, text, advice, override }: WhichProblem,
  retry: WhichRetry | null,
  record: WhichRecord,
): string[] {
  const lines = [`${SEVERITIES[severity].sign} ${text}`];
  if (advice !== null) lines.push(`    ${advice}`);
  if (override !== null && retry !== null) lines.push(`    ${retryText(override, retry, record)}`);
  return lines;
}
