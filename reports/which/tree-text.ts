import { tableLines } from '../../harness/base/text-table.ts';
import type { WhichModule, WhichNeed, WhichRecord } from '../../protocol/records/which-record.ts';
import { HOW, MARKS, windowsText, wineText } from './words.ts';

/** A line of the tree: its branches, and what stands in the columns. */
interface Line {
  readonly branch: string;
  readonly name: string;
  readonly windows: string;
  readonly wine: string;
  readonly mark: string;
}

/** The tree as text: each DLL once with what it needs, and later only by its name. */
export function treeText(record: WhichRecord): string[] {
  const [program] = record.modules;
  if (program === undefined) return [];
  const lines: Line[] = [];
  const shown = new Set<number>([0]);
  const add = (module: WhichModule, indent: string): void => {
    for (const [index, need] of module.needs.entries()) {
      const isLast = index === module.needs.length - 1;
      const found = record.modules[need.module];
      if (found === undefined) continue;
      const isShown = shown.has(found.id);
      const branch = `${indent}${isLast ? '└─ ' : '├─ '}`;
      lines.push(lineOf(found, need, branch, isShown));
      shown.add(found.id);
      if (!isShown) add(found, `${indent}${isLast ? '   ' : '│  '}`);
    }
  };
  add(program, '');
  const head: Line = {
    branch: program.name,
    name: '',
    windows: 'on Windows',
    wine: `under ${record.runtime.id}`,
    mark: '',
  };
  return tableLines(
    [head, ...lines].map((line) => [
      `${line.mark === '' ? ' ' : line.mark} ${line.branch}${line.name}`,
      line.windows,
      line.wine,
    ]),
  );
}

function lineOf(module: WhichModule, need: WhichNeed, branch: string, isShown: boolean): Line {
  const name = HOW[need.how] === '' ? module.name : `${module.name} (${HOW[need.how]})`;
  const mark = MARKS[module.verdict];
  // Where it comes from stands where it is met first.
  if (isShown) return { branch, name, windows: '(above)', wine: '', mark };
  return { branch, name, windows: windowsText(module), wine: wineText(module), mark };
}
