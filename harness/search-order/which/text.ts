import type { WhichProblem, WhichRecord, WhichRetry } from '../../../protocol/which-record.ts';
import { treeText, wineText } from './tree-text.ts';

const SIGNS: Readonly<Record<WhichProblem['severity'], string>> = { error: '✕', warning: '!', risk: '⚠' };

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
  const lines = [`${SIGNS[severity]} ${text}`];
  if (advice !== null) lines.push(`    ${advice}`);
  if (override !== null && retry !== null) lines.push(`    ${retryText(override, retry, record)}`);
  return lines;
}

/** What came of the second run for one name. */
export function retryText(override: string, retry: WhichRetry, { modules }: WhichRecord): string {
  const name = override.slice(0, override.indexOf('='));
  const start = retry.state === 'started' ? 'the program starts' : `the program does not start (${retry.status ?? retry.state})`;
  const changes = retry.changes.flatMap(({ module, wine }) => {
    const found = modules[module];
    const isIt = found !== undefined && found.name.toLowerCase().replace(/\.dll$/, '') === name;
    return isIt ? [wineText({ ...found, wine })] : [];
  });
  const came = changes.length === 0 ? 'nothing changes' : changes.join(', ');
  return `Tried with WINEDLLOVERRIDES=${retry.overrides}: ${start}; ${name}: ${came}.`;
}

function ofWineText({ run }: WhichRecord): string[] {
  if (run.ofWine.length === 0) return [];
  return ['', `Loaded beside them by DLLs of Wine itself: ${run.ofWine.join(', ')}`];
}
