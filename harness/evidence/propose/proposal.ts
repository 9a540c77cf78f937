// Undeclared divergences in groups of what may be one cause each, and the entries that would declare them.
import { stringify } from 'yaml';
import type { RuntimeRecord } from '../../../protocol/records/result-record.ts';
import { isCases, type DeclaredCause } from '../known/known-divergence.ts';
import { parseKnownDivergences } from '../known/read-known-divergences.ts';
import { isCovered, type When } from '../known/when.ts';
import { type Kind, kindOf, plainKindOf, type WrittenWhen } from './difference-kind.ts';
import { type InputShape, shapeOf } from './input-shape.ts';
import type { NewDivergence } from './new-divergence.ts';
import { runtimesOf } from './proposed-runtimes.ts';

/** Cases of one suite that differ alike. */
export interface Proposal {
  /** The name that the cause would get. */
  readonly cause: string;
  readonly suite: string;
  /** Cases that it would cover, and nothing before it in the list. */
  readonly cases: readonly NewDivergence[];
  /** Runtimes that ran the suite. */
  readonly ran: readonly RuntimeRecord[];
  readonly written: WrittenWhen;
  readonly when: When;
}

/**
 * Groups undeclared divergences, those with more to say of them first: each case is in the first group whose predicates cover it, as
 * it would be in a file with all of them.
 *
 * @param ran which runtimes ran a suite
 */
export function proposals(
  cases: readonly NewDivergence[],
  ran: (suite: string) => readonly RuntimeRecord[],
): readonly Proposal[] {
  const used = new Set<string>();
  let left = cases;
  const take = (groups: readonly Group[]): Proposal[] =>
    groups.flatMap(({ suite, words, when: written }) => {
      const proposal = { suite, written, when: whenOf(written), ran: ran(suite) };
      const mine = new Set(coveredBy(proposal, left));
      if (mine.size === 0) return [];
      left = left.filter((each) => !mine.has(each));
      return [{ ...proposal, cases: [...mine], cause: nameOf(suite, words, used) }];
    });
  const found = take(groupsOf(cases, ({ names, seen }) => described(kindOf(seen), shapeOf(names, seen))));
  // What results show of a value may be another than a declaration sees: no case is lost for that.
  const others = take(groupsOf(left, ({ seen }) => plainKindOf(seen)));
  return [...found, ...others].sort((a, b) => (a.suite === b.suite ? 0 : a.suite < b.suite ? -1 : 1));
}

interface Group extends Kind {
  readonly suite: string;
  readonly size: number;
}

/** Those with more to say first, and the larger ones. */
function groupsOf(cases: readonly NewDivergence[], kindOfCase: (found: NewDivergence) => Kind): Group[] {
  const groups = new Map<string, Group>();
  for (const found of cases) {
    const { suite } = found;
    const { words, when } = kindOfCase(found);
    const key = `${suite}\n${JSON.stringify(when)}`;
    groups.set(key, { suite, words, when, size: (groups.get(key)?.size ?? 0) + 1 });
  }
  return [...groups.values()].sort((a, b) => weight(b.when) - weight(a.when) || b.size - a.size);
}

function described({ words, when }: Kind, shape: InputShape | undefined): Kind {
  if (shape === undefined) return { words, when };
  return {
    words: `${words}-${shape.input}-${shape.words}`,
    when: { inputs: { [shape.input]: shape.asked }, ...when },
  };
}

/** Those of the cases that its predicates cover. */
export function coveredBy(
  { suite, when }: Pick<Proposal, 'suite' | 'when'>,
  cases: readonly NewDivergence[],
): NewDivergence[] {
  return cases.filter((each) => each.suite === suite && isCovered(when, each.names, each.seen));
}

/** The entry for a file. Without a reason it says TODO, and would be refused. */
export function entryText(
  { suite, written, ran, cases, cause }: Proposal,
  { reason = 'TODO', bug = 'none' }: { readonly reason?: string | undefined; readonly bug?: string | undefined } = {},
): string {
  const { wine, architecture, numbers } = runtimesOf(ran, cases);
  const fields = [
    `- cause: ${cause}`,
    `  suite: ${plain(suite)}`,
    `  reason: ${plain(reason)}`,
    `  bug: ${plain(bug)}`,
    `  wine: ${plain(wine)}`,
    ...(architecture === undefined ? [] : [`  architecture: ${architecture}`]),
    `  when: ${flow(written)}`,
    `  cases: ${typeof numbers === 'number' ? numbers.toString() : flow(numbers)}`,
  ];
  return `${fields.join('\n')}\n`;
}

const WRITING = { lineWidth: 0, singleQuote: true } as const;

function plain(text: string): string {
  return stringify(text.replace(/\s+/g, ' '), WRITING).trimEnd();
}

/** As prettier would have it. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, member]) => `${flow(key)}: ${flow(member)}`)
      .join(', ')} }`;
  const text = String(value);
  return /^[\w-]+$/.test(text) ? text : `'${text.replaceAll("'", "''")}'`;
}

/** What the reader makes of the predicates: they are asked as they will be. */
function whenOf(written: WrittenWhen): When {
  const text = `- cause: x\n  suite: a/b\n  reason: a reason\n  bug: none\n  wine: '>=1.0'\n  when: ${flow(written)}\n  cases: 0\n`;
  const [entry] = parseKnownDivergences(text, 'a proposal').filter((each): each is DeclaredCause => !isCases(each));
  if (entry === undefined) throw new RangeError('a proposal without an entry');
  return entry.when;
}

function weight(written: WrittenWhen): number {
  const { inputs, ulp = 0 } = written as { readonly inputs?: unknown; readonly ulp?: number };
  // A narrow bound comes before a wide one.
  return (inputs === undefined ? 0 : 4) + Object.keys(written).length - (ulp === 0 ? 0 : Math.log2(ulp) / 100);
}

function nameOf(suite: string, words: string, used: Set<string>): string {
  const title = suite.slice(suite.indexOf('/') + 1);
  const name = `${title}-${words}`
    .replace(/[^\w.-]+/g, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 70);
  let unique = name;
  for (let n = 2; used.has(unique); n++) unique = `${name}-${n.toString()}`;
  used.add(unique);
  return unique;
}
