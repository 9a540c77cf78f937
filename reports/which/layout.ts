import type { WhichModule, WhichNeed, WhichRecord } from '../../protocol/records/which-record.ts';

/** A box of the diagram: a module, or what is Windows's own on both sides, in one. */
export interface Box {
  readonly module: WhichModule | undefined;
  /** Names in it, for the box of Windows. */
  readonly names: readonly string[];
  readonly column: number;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

export interface Line {
  readonly how: WhichNeed['how'];
  /** As the attribute `d` of an SVG path. */
  readonly path: string;
}

export interface Layout {
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
}

export const BOX = { width: 232, height: 62, heading: 30, name: 17 } as const;
const GAP = { x: 76, y: 12 } as const;
const MARGIN = 14;
const LANE = 9;
const MAX_NAMES = 24;

/**
 * Columns from left to right: each DLL stands right of the first that needs it, and what is Windows's own in one box at the end. A line
 * that would run behind boxes goes along a lane below them.
 */
export function layOut({ modules }: WhichRecord): Layout {
  const own = modules.filter((module) => !isPlain(module));
  const plain = modules.filter(isPlain).map(({ name }) => name);
  const depths = depthsOf(modules);
  const last = Math.max(0, ...own.map(({ id }) => depths[id] ?? 0));
  const columns = Array.from({ length: last + 1 }, (_, column) => own.filter(({ id }) => (depths[id] ?? 0) === column));
  const names =
    plain.length <= MAX_NAMES
      ? plain
      : [...plain.slice(0, MAX_NAMES - 1), `and ${String(plain.length - MAX_NAMES + 1)} more`];
  const windowsHeight = names.length === 0 ? 0 : BOX.heading + names.length * BOX.name + 6;
  const tallest = Math.max(windowsHeight, ...columns.map(({ length }) => length * (BOX.height + GAP.y) - GAP.y));
  const xOf = (column: number): number => MARGIN + column * (BOX.width + GAP.x);
  const boxes = columns.flatMap((entries, column) => {
    const top = MARGIN + (tallest - (entries.length * (BOX.height + GAP.y) - GAP.y)) / 2;
    return entries.map((module, row): Box => {
      const y = top + row * (BOX.height + GAP.y);
      return { module, names: [], column, x: xOf(column), y, height: BOX.height };
    });
  });
  const windows: Box | undefined =
    names.length === 0
      ? undefined
      : {
          module: undefined,
          names,
          column: last + 1,
          x: xOf(last + 1),
          y: MARGIN + (tallest - windowsHeight) / 2,
          height: windowsHeight,
        };
  const all = windows === undefined ? boxes : [...boxes, windows];
  const { lines, lanes } = linesOf(modules, all, MARGIN + tallest + LANE);
  return {
    boxes: all,
    lines,
    width: xOf(windows === undefined ? last : last + 1) + BOX.width + MARGIN,
    height: 2 * MARGIN + tallest + lanes * LANE,
  };
}

/** Windows's own on both sides: nothing to look at. */
function isPlain({ windows, verdict }: WhichModule): boolean {
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

/** One line for each pair and way; those to one box along one lane. */
function linesOf(
  modules: readonly WhichModule[],
  boxes: readonly Box[],
  firstLane: number,
): { lines: Line[]; lanes: number } {
  const boxOf = (module: WhichModule | undefined): Box | undefined =>
    module && boxes.find((box) => (isPlain(module) ? box.module === undefined : box.module === module));
  const lines = new Map<string, Line>();
  const lanes = new Map<Box, number>();
  for (const module of modules) {
    for (const need of module.needs) {
      const [from, to] = [boxOf(module), boxOf(modules[need.module])];
      if (from === undefined || to === undefined || from === to) continue;
      const key = `${String(boxes.indexOf(from))} ${String(boxes.indexOf(to))} ${need.how}`;
      if (lines.has(key)) continue;
      const isFar = to.column > from.column + 1;
      if (isFar && !lanes.has(to)) lanes.set(to, lanes.size);
      lines.set(key, {
        how: need.how,
        path: isFar ? alongLane(from, to, firstLane + (lanes.get(to) ?? 0) * LANE) : direct(from, to),
      });
    }
  }
  return { lines: [...lines.values()], lanes: lanes.size };
}

function direct(from: Box, to: Box): string {
  const isForward = to.column > from.column;
  const [x1, y1] = [from.x + BOX.width, from.y + from.height / 2];
  const [x2, y2] = [isForward ? to.x : to.x + BOX.width, to.y + to.height / 2];
  const bend = GAP.x / 2;
  return `M${text(x1)} ${text(y1)}C${text(x1 + bend)} ${text(y1)} ${text(isForward ? x2 - bend : x2 + bend)} ${text(y2)} ${text(x2)} ${text(y2)}`;
}

/** Down in the gap behind its column, below all boxes, and up in the gap before the other. */
function alongLane(from: Box, to: Box, lane: number): string {
  const [x1, y1] = [from.x + BOX.width, from.y + from.height / 2];
  const [x2, y2] = [to.x, to.y + to.height / 2];
  const [down, up] = [x1 + GAP.x / 2, x2 - GAP.x / 2];
  return `M${text(x1)} ${text(y1)}H${text(down - 8)}Q${text(down)} ${text(y1)} ${text(down)} ${text(y1 + 8)}V${text(lane - 6)}Q${text(down)} ${text(lane)} ${text(down + 8)} ${text(lane)}H${text(up - 8)}Q${text(up)} ${text(lane)} ${text(up)} ${text(lane - 6)}V${text(y2 + 8)}Q${text(up)} ${text(y2)} ${text(up + 8)} ${text(y2)}H${text(x2)}`;
}

function text(value: number): string {
  return String(Math.round(value * 10) / 10);
}
