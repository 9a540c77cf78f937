// Limits for all processes of an agent together, where this process may make control groups: root mostly, and in version 2 whoever
// was given a group of his own.
import { accessSync, constants, existsSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = '/sys/fs/cgroup';

export interface GroupLimits {
  readonly memoryBytes: number;
  /** Processes and threads. */
  readonly processes: number;
}

/** Groups that are to be made, and what is to be written where. */
export interface ControlGroups {
  readonly folders: readonly string[];
  readonly settings: readonly {
    readonly limit: keyof GroupLimits | null;
    readonly file: string;
    readonly value: number;
  }[];
}

/**
 * Plans groups of this name; none where that is not possible. They are made by whoever removes them too, so that none is left when
 * this process is killed.
 */
export function planControlGroups(name: string, limits: GroupLimits): ControlGroups {
  try {
    return existsSync(join(ROOT, 'cgroup.controllers')) ? unified(name, limits) : separate(name, limits);
  } catch {
    return { folders: [], settings: [] };
  }
}

/** The limits that are in force, once the groups have been made. */
export function limitsInForce({ settings }: ControlGroups): (keyof GroupLimits)[] {
  return settings.flatMap(({ limit, file, value }) => (limit !== null && isSet(file, value) ? [limit] : []));
}

/** The system may round down. */
function isSet(file: string, value: number): boolean {
  try {
    return Number(readFileSync(file, 'utf8')) <= value;
  } catch {
    return false;
  }
}

/** Version 1: a tree for each kind of limit. */
function separate(name: string, limits: GroupLimits): ControlGroups {
  const trees = [
    ['memoryBytes', 'memory', 'memory.limit_in_bytes'],
    ['processes', 'pids', 'pids.max'],
  ] as const;
  const settings = trees.flatMap(([limit, controller, file]) => {
    const parent = join(ROOT, controller, ownGroup(controller) ?? '-');
    return isWritable(parent) ? [{ limit, file: join(parent, name, file), value: limits[limit] }] : [];
  });
  return { folders: settings.map(({ file }) => dirname(file)), settings };
}

/** Version 2: one tree. */
function unified(name: string, limits: GroupLimits): ControlGroups {
  const parent = join(ROOT, ownGroup('') ?? '/');
  if (!isWritable(parent)) return { folders: [], settings: [] };
  const handed = readFileSync(join(parent, 'cgroup.subtree_control'), 'utf8').trim().split(' ');
  for (const controller of ['memory', 'pids']) {
    // A group that holds processes hands nothing on, unless it is the root.
    if (!handed.includes(controller)) writeFileSync(join(parent, 'cgroup.subtree_control'), `+${controller}`);
  }
  const folder = join(parent, name);
  return {
    folders: [folder],
    settings: [
      { limit: 'memoryBytes', file: join(folder, 'memory.max'), value: limits.memoryBytes },
      { limit: null, file: join(folder, 'memory.swap.max'), value: 0 },
      { limit: 'processes', file: join(folder, 'pids.max'), value: limits.processes },
    ],
  };
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** The group of this process in a hierarchy, from its top. */
function ownGroup(controller: string): string | undefined {
  for (const line of readFileSync('/proc/self/cgroup', 'utf8').split('\n')) {
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (path !== undefined && controllers?.split(',').includes(controller)) return path;
  }
  return undefined;
}

/** Removes a group whose processes have ended; one that still has some stays, for a later run. */
export function removeControlGroup(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // It is gone already, which is what the clean-up script is for.
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
