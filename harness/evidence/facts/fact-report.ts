// What a check of facts says in a terminal.
import type { CheckRecord, FactRecord } from '../../../protocol/records/fact-record.ts';
import { tableLines } from '../../base/text-table.ts';
import { PASSING_VERDICTS, VERDICTS, type Verdict } from '../../../protocol/records/result-record.ts';

/** Failures that are told in full; --json has all of them. */
const SHOWN = 20;

export function factReport({ facts, runtime }: CheckRecord): string {
  const failing = facts.filter(({ verdict, isForeign }) => isForeign !== true && !PASSING_VERDICTS.includes(verdict));
  // What could not be tried tells less than what went wrong, and often has one reason.
  const [tried, untried] = [failing.filter(isTried), failing.filter((fact) => !isTried(fact))];
  const ordered = [...tried.map(failureText), ...untriedByReason(untried)];
  const shown = ordered.slice(0, SHOWN);
  const more = ordered.length - SHOWN;
  return [
    ...shown,
    ...(more > 0 ? [`... and ${String(more)} more, which --json writes too`] : []),
    `facts on ${runtime.id}, by DLL and function:\n${byDll(facts)}`,
    ...remarks(facts),
  ].join('\n\n');
}

function isTried({ mismatches = [], verdict }: FactRecord): boolean {
  return mismatches.length > 0 || verdict === 'unexpected-match';
}

/** Of facts that could not be tried for one reason, the first, and how many there are. */
function untriedByReason(facts: readonly FactRecord[]): string[] {
  const reasons = new Map<string, FactRecord[]>();
  for (const fact of facts) reasons.set(fact.reason ?? '', [...(reasons.get(fact.reason ?? '') ?? []), fact]);
  return [...reasons.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const rest = others.length === 0 ? '' : `\n  the same of ${String(others.length)} more: ${idsOf(others)}`;
    return [`${failureText(first)}${rest}`];
  });
}

function idsOf(facts: readonly FactRecord[]): string {
  const ids = facts.slice(0, 5).map(({ id }) => id);
  return facts.length > 5 ? `${ids.join(', ')}, …` : ids.join(', ');
}

/** One fact that failed, in full. */
export function failureText(fact: FactRecord): string {
  const { verdict, id, dll, function: name, mismatches = [], reason, source, file, line, setup, broken, known } = fact;
  if (verdict === 'harness-error' && dll === '') return `${verdict} ${reason ?? id}`;
  const call = `${dll}!${name}(${(fact.arguments ?? []).join(', ')})`;
  return [
    `${verdict} ${id}  (${file}:${String(line)})`,
    `  ${call.length > 300 ? `${call.slice(0, 300)}…` : call}`,
    ...(setup === undefined ? [] : [`  set up: ${setup}`]),
    ...tableLines(
      mismatches.flatMap(({ what, expected, actual }) => [
        [what, `expected ${expected}`],
        ['', `here     ${actual}`],
      ]),
    ).map((line) => `  ${line}`),
    ...(reason === undefined ? [] : [`  ${reason.replaceAll('\n', '\n  ')}`]),
    ...(fact.todoWine ? ['  the source itself marks it as todo: Wine is known to differ'] : []),
    ...(broken === undefined ? [] : [`  accepted of old versions of Windows only: ${broken.join('; ')}`]),
    ...(fact.carriedOver === undefined ? [] : [`  in a fresh process; after other facts: ${fact.carriedOver}`]),
    ...(verdict === 'unexpected-match' && known
      ? [`  declared as a known divergence at ${known.file}:${String(known.line)}, and gone: take the id out there`]
      : []),
    `  source: ${source}`,
  ].join('\n');
}

/** A line for each DLL, and below it the functions of which not everything matches. */
function byDll(facts: readonly FactRecord[]): string {
  const dlls = new Map<string, FactRecord[]>();
  for (const fact of facts) {
    const key = fact.dll === '' ? 'not read' : fact.dll;
    dlls.set(key, [...(dlls.get(key) ?? []), fact]);
  }
  const sorted = [...dlls].toSorted(([one], [other]) => (one < other ? -1 : 1));
  const lines = tableLines(sorted.map(([dll, own]) => [dll, counts(own)]));
  return sorted.flatMap(([, own], index) => [`  ${lines[index] ?? ''}`, ...byFunction(own)]).join('\n');
}

function byFunction(facts: readonly FactRecord[]): string[] {
  const functions = new Map<string, FactRecord[]>();
  for (const fact of facts) functions.set(fact.function, [...(functions.get(fact.function) ?? []), fact]);
  return [...functions].flatMap(([name, own]) =>
    name === '' || own.every(({ verdict, isForeign }) => verdict === 'match' || isForeign)
      ? []
      : [`      ${name}: ${counts(own)}`],
  );
}

function counts(facts: readonly FactRecord[]): string {
  const foreign = facts.filter(({ isForeign }) => isForeign).length;
  const own = facts.filter(({ isForeign }) => !isForeign);
  const parts = VERDICTS.flatMap((verdict) => {
    const count = own.filter((fact) => fact.verdict === verdict).length;
    return count === 0 ? [] : [`${count.toLocaleString('en-US')} ${verdict}`];
  });
  if (foreign > 0) parts.push(`${String(foreign)} for another architecture`);
  return parts.join(', ');
}

function remarks(facts: readonly FactRecord[]): string[] {
  const todo = (verdict: Verdict): number => facts.filter((fact) => fact.todoWine && fact.verdict === verdict).length;
  const [gone, there] = [todo('match'), todo('divergence')];
  const isTried = facts.some(({ verdict }) => verdict !== 'unsupported');
  return [
    ...(isTried ? [] : ['No fact could be tried, which shows nothing.']),
    ...(there > 0 ? [`${String(there)} of the divergences are marked as todo by their source.`] : []),
    ...(gone > 0 ? [`${String(gone)} facts that their source marks as todo match here.`] : []),
  ];
}

/** The last line: how many of each verdict. */
export function verdictLine({ facts, runtime, durationMs }: CheckRecord): string {
  const seconds = (durationMs / 1000).toFixed(1);
  return `${facts.length.toLocaleString('en-US')} ${facts.length === 1 ? 'fact' : 'facts'} on ${runtime.id} in ${seconds} s: ${counts(facts)}`;
}
