// Limits for all processes of an agent together, where this process may make control groups: root mostly, and in version 2 whoever
// was given a group of his own.
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = '/sys/fs/cgroup';

export interface GroupLimits {
  readonly memoryBytes: number;
  /** Processes and threads. */
  readonly processes: number;
}

/** Groups with their limits set, and which limits those are. */
export interface ControlGroups {
  readonly folders: readonly string[];
  readonly inForce: readonly (keyof GroupLimits)[];
}

/** Makes groups of this name. Where that is not possible there are none, and nothing is in force. */
export function makeControlGroups(name: string, limits: GroupLimits): ControlGroups {
  try {
    if (existsSync(join(ROOT, 'cgroup.controllers'))) return unified(name, limits);
    const memory = separate('memory', name, 'memory.limit_in_bytes', limits.memoryBytes);
    const pids = separate('pids', name, 'pids.max', limits.processes);
    return {
      folders: [...memory, ...pids],
      inForce: [
        ...(memory.length > 0 ? (['memoryBytes'] as const) : []),
        ...(pids.length > 0 ? (['processes'] as const) : []),
      ],
    };
  } catch {
    return { folders: [], inForce: [] };
  }
}

/** Version 1: a tree for each kind of limit. */
function separate(controller: string, name: string, file: string, value: number): string[] {
  const parent = ownGroup(controller);
  if (parent === undefined) return [];
  return make(join(ROOT, controller, parent, name), [[file, value]]);
}

/** Version 2: one tree. */
function unified(name: string, limits: GroupLimits): ControlGroups {
  const parent = join(ROOT, ownGroup('') ?? '/');
  const handed = readFileSync(join(parent, 'cgroup.subtree_control'), 'utf8').trim().split(' ');
  for (const controller of ['memory', 'pids']) {
    // A group that holds processes hands nothing on, unless it is the root.
    if (!handed.includes(controller)) writeFileSync(join(parent, 'cgroup.subtree_control'), `+${controller}`);
  }
  const folders = make(join(parent, name), [
    ['memory.max', limits.memoryBytes],
    ['memory.swap.max', 0],
    ['pids.max', limits.processes],
  ]);
  return { folders, inForce: folders.length > 0 ? ['memoryBytes', 'processes'] : [] };
}

/** The group of this process in a hierarchy, from its top. */
function ownGroup(controller: string): string | undefined {
  for (const line of readFileSync('/proc/self/cgroup', 'utf8').split('\n')) {
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (path !== undefined && controllers?.split(',').includes(controller)) return path;
  }
  return undefined;
}

function make(folder: string, limits: readonly (readonly [string, number])[]): string[] {
  try {
    accessSync(join(folder, '..'), constants.W_OK);
    mkdirSync(folder);
  } catch {
    return [];
  }
  try {
    for (const [file, value] of limits) {
      // Swap is not counted everywhere.
      if (existsSync(join(folder, file))) writeFileSync(join(folder, file), value.toString());
    }
    return [folder];
  } catch {
    rmdirSync(folder);
    return [];
  }
}

/** Where groups of this process would be, for those who look for ones that were left behind. */
export function controlGroupParents(): string[] {
  try {
    return ['', 'memory', 'pids'].flatMap((controller) => {
      const path = ownGroup(controller);
      return path === undefined ? [] : [join(ROOT, controller, path)].filter((folder) => existsSync(folder));
    });
  } catch {
    return [];
  }
}
