import type { SandboxRecord } from '../protocol/records/result-record.ts';
import type { Compatibility } from './compatibility.ts';
import { listed, many, number } from './words.ts';

/** What stood between the code and the machine in one runtime, in words; null when no file says. */
export interface ConfinementText {
  /** Without a full stop. */
  readonly text: string;
  /** False when any function ran without a sandbox. */
  readonly confined: boolean;
}

export function confinementOf(model: Compatibility, runtime: string): ConfinementText | null {
  const ran = [...model.functions.flatMap(({ results }) => results), ...model.rules];
  const records = ran
    .map(({ record }) => record.runtime)
    .filter(({ id }) => id === runtime)
    .flatMap(({ sandbox }) => (sandbox === undefined ? [] : [sandbox]));
  const off = records.filter(({ state }) => state === 'off');
  const [without] = off;
  if (without !== undefined) {
    const some = off.length < records.length ? ` for ${number(off.length)} of ${many(records.length, 'function')}` : '';
    return { text: `none${some}${without.reason === null ? '' : `: ${without.reason}`}`, confined: false };
  }
  const [first] = records;
  return first === undefined ? null : { text: `no network, ${limitsText(first)}`, confined: true };
}

function limitsText({ limits }: SandboxRecord): string {
  const { memoryBytes, processes, diskBytes } = limits;
  const parts = [
    ...(memoryBytes === undefined ? [] : [`${size(memoryBytes)} of memory`]),
    ...(processes === undefined ? [] : [many(processes, 'process', 'processes')]),
    ...(diskBytes === undefined ? [] : [`${size(diskBytes)} of files`]),
  ];
  return parts.length === 0 ? 'no limits' : `at most ${listed(parts)}`;
}

/** 4294967296 → "4 GiB". */
function size(bytes: number): string {
  const [unit, name] = bytes >= 2 ** 30 ? [2 ** 30, 'GiB'] : [2 ** 20, 'MiB'];
  return `${number(Math.round((bytes / unit) * 10) / 10)} ${name}`;
}
