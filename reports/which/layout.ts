import type { WhichModule, WhichNeed, WhichRecord } from '../../protocol/which-record.ts';

/** A box of the diagram. */
export interface Box {
  readonly key: string;
  /** Undefined for the box that stands for several DLLs of Windows. */
  readonly module: WhichModule | undefined;
  readonly title: string;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

export interface Line {
  readonly from: Box;
  readonly to: Box;
  readonly how: WhichNeed['how'];
}

export interface Layout {
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
  /** Where the DLLs of Windows begin; undefined where there are none that are as they should be. */
  readonly windows: { readonly x: number; readonly y: number } | undefined;
  readonly width: number;
  readonly height: number;
}

export const BOX = { width: 232, height: 62, plain: 28 } as const;
const GAP = { x: 84, y: 12 } as const;
/** Above the DLLs of Windows, for what the column is called. */
const HEADING = 20;
const MARGIN = 14;
/** DLLs of Windows that are as they should be are one box where they are more than this. */
const MOST_OF_WINDOWS = 20;

type Entry = Pick<Box, 'key' | 'module' | 'title'>;

/** Columns from left to right: each DLL stands right of the first that needs it; what is Windows's own stands in the last. */
export function layOut({ modules }: WhichRecord): Layout {
  const depths = depthsOf(modules);
  const last = Math.max(0, ...modules.filter((module) => !isPlain(module)).map(({ id }) => depths[id] ?? 0)) + 1;
  const plain = modules.filter(isPlain);
  const isMerged = plain.length > MOST_OF_WINDOWS;
  const columns = new Map<number, Entry[]>();
  const put = (column: number, key: string, module: WhichModule | undefined, title: string): void => {
    columns.set(column, [...(columns.get(column) ?? []), { key, module, title }]);
  };
  for (const module of modules) {
    if (!isPlain(module)) put(depths[module.id] ?? 0, String(module.id), module, module.name);
    else if (!isMerged) put(last, String(module.id), module, module.name);
  }
  if (isMerged) put(last, 'windows', undefined, `${String(plain.length)} DLLs of Windows`);
  const heightOf = (entry: Entry): number => (entry.module === undefined || isPlain(entry.module) ? BOX.plain : BOX.height);
  const heightOfColumn = (entries: readonly Entry[], column: number): number =>
    (column === last ? HEADING : 0) + entries.reduce((sum, entry) => sum + heightOf(entry) + GAP.y, -GAP.y);
  const tallest = Math.max(...[...columns].map(([column, entries]) => heightOfColumn(entries, column)));
  const boxes = [...columns].flatMap(([column, entries]) => {
    let y = MARGIN + (tallest - heightOfColumn(entries, column)) / 2 + (column === last ? HEADING : 0);
    return entries.map((entry): Box => {
      const height = heightOf(entry);
      const box = { ...entry, x: MARGIN + column * (BOX.width + GAP.x), y, height };
      y += height + GAP.y;
      return box;
    });
  });
  const byKey = new Map(boxes.map((box) => [box.key, box]));
  const boxOf = (module: WhichModule | undefined): Box | undefined =>
    module && byKey.get(isMerged && isPlain(module) ? 'windows' : String(module.id));
  const windows = boxes.find(({ module }) => module === undefined || isPlain(module));
  return {
    boxes,
    lines: linesOf(modules, boxOf),
    windows: windows && { x: windows.x, y: windows.y - 8 },
    width: 2 * MARGIN + Math.max(...columns.keys()) * (BOX.width + GAP.x) + BOX.width,
    height: 2 * MARGIN + tallest,
  };
}

/** Windows's own on both sides: nothing to look at. */
export function isPlain({ windows, verdict }: WhichModule): boolean {
  return windows.state === 'windows' && verdict === 'same';
}

/** How many steps each is away from the program. */
function depthsOf(modules: readonly WhichModule[]): number[] {
  const depths: number[] = [0];
  const queue = modules.slice(0, 1);
  for (const module of queue) {
    for (const need of module.needs) {
      const found = modules[need.module];
      if (found === undefined || depths[found.id] !== undefined) continue;
      depths[found.id] = (depths[module.id] ?? 0) + 1;
      queue.push(found);
    }
  }
  return depths;
}

function linesOf(modules: readonly WhichModule[], boxOf: (module: WhichModule | undefined) => Box | undefined): Line[] {
  const found = new Map<string, Line>();
  for (const module of modules) {
    for (const need of module.needs) {
      const [from, to] = [boxOf(module), boxOf(modules[need.module])];
      if (from === undefined || to === undefined || from === to) continue;
      const key = `${from.key} ${to.key} ${need.how}`;
      if (!found.has(key)) found.set(key, { from, to, how: need.how });
    }
  }
  return [...found.values()];
}
