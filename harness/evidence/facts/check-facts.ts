// The verdicts on facts: what was seen of them, and what is declared to be known.
import { relative } from 'node:path';
import type { CheckRecord, FactRecord } from '../../../protocol/records/fact-record.ts';
import { FACTS_SCHEMA } from '../../../protocol/records/fact-record.ts';
import { passingVerdicts, type Verdict } from '../../../protocol/records/result-record.ts';
import { version } from '../../base/package-root.ts';
import type { Agent } from '../../calls/agent/agent.ts';
import { covers, type KnownDivergence } from '../known/known-divergence.ts';
import { KnownIndex } from '../known/known-index.ts';
import { knownRecord } from '../known/known-record.ts';
import { countVerdicts } from '../../../protocol/records/result-record.ts';
import { runtimeRecord } from '../suites/runtime-record.ts';
import { suiteOf } from './fact.ts';
import type { FactProblem, FactSet } from './read-facts.ts';
import { runFacts, type TriedFact } from './run-facts.ts';
import { showArgument } from './show-fact.ts';

export interface CheckOptions {
  readonly known: readonly KnownDivergence[];
  /** Whether facts that cannot be tried fail the run; those about another architecture never do. */
  readonly strict: boolean;
  /** Told of each fact that was tried. */
  readonly done?: () => void;
}

/** Tries all facts, and judges them. */
export function checkFacts(agent: Agent, set: FactSet, { known, strict, done }: CheckOptions): CheckRecord {
  const startedAt = new Date().toISOString();
  const start = performance.now();
  const runtime = runtimeRecord(agent);
  const index = new KnownIndex(known, runtime);
  const tried = runFacts(agent, set.facts, set.types, done);
  const facts = [...set.problems.map(problemRecord), ...tried.map((each) => factRecord(each, index))];
  // A run in which nothing could be tried shows nothing.
  const isTried = facts.some(({ verdict }) => verdict !== 'unsupported');
  return {
    schema: FACTS_SCHEMA,
    dllparity: version,
    runtime,
    startedAt,
    durationMs: performance.now() - start,
    facts,
    totals: countVerdicts(facts),
    ok: isTried && failuresOf(facts, strict).length === 0,
  };
}

/** Those that fail a run. */
export function failuresOf(facts: readonly FactRecord[], strict: boolean): readonly FactRecord[] {
  const passing = passingVerdicts(strict);
  return facts.filter(({ verdict, isForeign }) => isForeign !== true && !passing.includes(verdict));
}

function shortPath(file: string): string {
  const path = relative(process.cwd(), file);
  return path.startsWith('..') ? file : path;
}

function problemRecord({ id, error }: FactProblem): FactRecord {
  const { file = '', line = 1 } = error.where ?? {};
  const place = shortPath(file);
  return {
    id: id ?? `${place}:${String(line)}`,
    dll: '',
    function: '',
    verdict: 'harness-error',
    file: place,
    line,
    source: '',
    reason: error.message,
  };
}

function factRecord(tried: TriedFact, known: KnownIndex): FactRecord {
  const { fact, mismatches, reason, isForeign, isMissing, carriedOver } = tried;
  const entry = known.find(suiteOf(fact), fact.id);
  const verdict = withDeclaration(tried, entry);
  return {
    id: fact.id,
    dll: fact.dll,
    function: fact.function,
    verdict,
    file: shortPath(fact.file),
    line: fact.line,
    source: fact.source,
    ...(fact.setup === undefined ? {} : { setup: fact.setup }),
    ...(fact.todoWine ? { todoWine: true } : {}),
    ...(isForeign ? { isForeign } : {}),
    ...(isMissing ? { isMissing } : {}),
    ...(verdict === 'match' || isForeign ? {} : { arguments: fact.args.map(showArgument) }),
    ...(mismatches.length === 0 ? {} : { mismatches }),
    ...(mismatches.length === 0 || fact.broken.length === 0 ? {} : { broken: fact.broken }),
    ...(reason === undefined ? {} : { reason }),
    ...(carriedOver === undefined ? {} : { carriedOver }),
    ...(entry
      ? {
          known: { ...knownRecord(entry, 0, ''), file: shortPath(entry.file) },
        }
      : {}),
  };
}

/**
 * A declaration makes a difference known, and a match unexpected; that the runtime lacks the function is a difference too. A bound in ulp is
 * for suites: a fact says itself what it tolerates.
 */
function withDeclaration({ verdict, isMissing }: TriedFact, entry: KnownDivergence | undefined): Verdict {
  if (!entry || verdict === 'harness-error' || (verdict === 'unsupported' && !isMissing)) return verdict;
  if (verdict === 'match') return 'unexpected-match';
  return covers(entry, null) ? 'known-divergence' : verdict;
}
