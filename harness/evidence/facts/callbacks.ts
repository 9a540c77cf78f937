// Callbacks among the arguments of facts, by what they do in words. docs/guides/facts.md has the same table.
import type { Parameter } from '../../types/declare/types.ts';
import type { FactRoom } from './fact-room.ts';
import { Unsupported } from './unsupported.ts';

/** What a callback gets: its last two pointers, as qsort and qsort_s call it, read as integers. */
type Answer = (a: number, b: number) => number;

const ANSWERS: readonly { readonly pattern: RegExp; readonly answer: (match: RegExpExecArray) => Answer }[] = [
  { pattern: /^compare returns a - b on 32-bit ints$/i, answer: () => (a, b) => a - b },
  {
    pattern: /^compare returns \(a % (\d+)\) - \(b % \1\) on 32-bit ints$/i,
    answer: (match) => (a, b) => (a % Number(match[1])) - (b % Number(match[1])),
  },
  { pattern: /^returns (-?\d+)$/i, answer: (match) => () => Number(match[1]) },
];

interface Readable {
  read(type: 'int'): number;
}

/** Registers a callback of these words, of the type that the parameter says. */
export function callbackAddress(room: FactRoom, words: string, { type, name }: Parameter): bigint {
  const found = ANSWERS.map(({ pattern, answer }) => {
    const match = pattern.exec(words);
    return match ? answer(match) : undefined;
  }).find((answer) => answer !== undefined);
  if (!found) throw new Unsupported(`the callback "${words}" is not understood`);
  const target = type.kind === 'pointer' ? type.target : type;
  if (target.kind !== 'function') throw new Unsupported(`the parameter "${name}" is no pointer to a function`);
  const parameters = target.parameters
    .map((each) => (each.type.kind === 'pointer' ? 'void *' : each.type.name))
    .join(', ');
  const text = `int (__${target.convention} *)(${parameters || 'void'})`;
  return room.callback(`${words}\n${text}`, text, (...args) => {
    room.told.callbacks++;
    const [a, b] = args.slice(-2).map((each) => intAt(each));
    return found(a ?? 0, b ?? 0);
  }).pointer.address;
}

function intAt(value: unknown): number {
  return typeof value === 'object' && value !== null && 'read' in value ? (value as Readable).read('int') : 0;
}
