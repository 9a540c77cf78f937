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
  const columns = ['branch', 'windows', 'wine'] as const;
  const head: Line = {
    branch: program.name,
    name: '',
    windows: 'on Windows',
    wine: `under ${record.runtime.id}`,
    mark: '',
  };
  const all = [head, ...lines];
  const text = (line: Line, column: (typeof columns)[number]): string =>
    column === 'branch' ? line.branch + line.name : line[column];
  const [first = 0, second = 0] = columns.map((column) => Math.max(...all.map((line) => text(line, column).length)));
  return all.map((line) =>
    `${line.mark.padEnd(1)} ${text(line, 'branch').padEnd(first)}  ${line.windows.padEnd(second)}  ${line.wine}`.trimEnd(),
  );
}

function lineOf(module: WhichModule, need: WhichNeed, branch: string, isShown: boolean): Line {
  const name = HOW[need.how] === '' ? module.name : `${module.name} (${HOW[need.how]})`;
  const mark = MARKS[module.verdict];
  // Where it comes from stands where it is met first.
  if (isShown) return { branch, name, windows: '(above)', wine: '', mark };
  return { branch, name, windows: windowsText(module), wine: wineText(module), mark };
}
