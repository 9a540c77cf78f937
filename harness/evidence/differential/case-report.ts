import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Agent } from '../../calls/agent/agent.ts';
import { DllparityError } from '../../base/errors.ts';
import type { Json } from '../compare/json.ts';
import type { RecordedOutcome } from '../baseline/baseline.ts';
import { findBaseline } from '../baseline/find-baseline.ts';
import { verifyOracle } from '../oracle/verify-oracle.ts';
import { writeProgram } from '../reproducers/c-program.ts';
import { compileProgram } from '../reproducers/compile.ts';
import { NotInC } from '../reproducers/not-in-c.ts';
import { writeScript } from '../reproducers/script.ts';
import { judgeCase } from '../suites/judge-case.ts';
import type { Observed } from '../suites/observed.ts';
import { showInputs, showOutcome } from '../suites/show.ts';
import type { Suite } from '../suites/suite.ts';
import { Corpus, corpusFile, fileName } from './corpus.ts';
import type { CaseReport, ReportedRun } from './events.ts';
import { outcomeText } from './reproducer.ts';
import type { DifferentialRequest, ReportRequest } from './request.ts';
import type { Side } from './side.ts';

export interface CaseReportRequest {
  readonly suite: Suite;
  readonly request: DifferentialRequest;
  readonly report: ReportRequest;
  /** Boots an agent for a side. */
  readonly boot: (side: Side) => Promise<Agent>;
}

/** Runs one case with Microsoft's DLL and on every runtime, and a program in C that makes it too. */
export async function reportCase({ suite, request, report, boot }: CaseReportRequest): Promise<CaseReport> {
  const inputs = inputsOf(suite, request, report);
  const { behaviour } = suite;
  const runs: (ReportedRun & { readonly seen: Observed })[] = [];
  const programs = new Map<string, string | undefined>();
  let source: string | undefined;
  let noProgram: string | undefined;
  for (const runtime of report.runtimes) {
    for (const dll of ['native', 'builtin'] as const) {
      const agent = await boot({ runtime, dll });
      const { architecture, wineBuild, oracles } = agent.installation;
      const pinned = behaviour.library.oracles.find((each) => each.architecture === architecture);
      if ((dll === 'native' && !pinned) || !behaviour.fits(inputs, agent.pointerBytes)) continue;
      const oracle = dll === 'native' && pinned ? verifyOracle(pinned, oracles) : undefined;
      const [seen] = behaviour.observe(agent, [inputs], oracle === undefined ? {} : { file: oracle.path });
      if (!seen) continue;
      if (!programs.has(architecture)) {
        const made = await makeProgram(suite, inputs, architecture, request.folder);
        programs.set(architecture, made.program);
        source ??= made.source;
        noProgram ??= made.why;
      }
      const program = programs.get(architecture);
      const printed = program === undefined ? undefined : await runProgram(agent, suite, program);
      const provenance = oracle && pinned ? `${oracle.company}, version ${oracle.fileVersion}, SHA-256 ${oracle.sha256}, from ${pinned.source}` : undefined; // prettier-ignore
      runs.push({ runtime, architecture, dll, build: wineBuild, provenance, outcome: textOf(suite, seen), printed, isSame: true, seen }); // prettier-ignore
    }
  }
  const judged = runs.map(({ seen, ...run }) => ({ ...run, isSame: isLikeMicrosoft(suite, runs, run, seen) }));
  const shows = judged.find(({ isSame }) => !isSame)?.runtime ?? report.runtimes[0] ?? '';
  return {
    suite: suite.name,
    id: report.id,
    prototype: behaviour.prototype,
    inputs: showInputs(behaviour, inputs).map(({ name, value }) => ({ name, type: value.type, text: value.text })),
    runs: judged,
    program: source,
    noProgram,
    script: writeScript({ behaviour, inputs, runtime: shows, native: undefined }),
  };
}

/** The inputs of a case: of the corpus, or else of the baseline. */
function inputsOf(suite: Suite, { corpus }: DifferentialRequest, { id, runtimes }: ReportRequest): readonly Json[] {
  const kept = new Corpus(corpusFile(corpus ?? join(dirname(suite.file), 'corpus'), suite.name)).get(id);
  if (kept) return kept.inputs;
  const file = join(dirname(suite.file), 'baselines', `${fileName(suite.title)}.yaml`);
  const architecture = runtimes[0]?.endsWith('ia32') ? 'ia32' : 'x64';
  const recorded = existsSync(file) ? findBaseline(file, architecture).cases.find((each) => each.id === id) : undefined;
  if (recorded) return recorded.inputs;
  throw new DllparityError('BASELINE_MISSING', {
    what: `${suite.name} has no case ${id}, neither in its corpus nor in its baseline`,
    hint: 'Take the id from `dllparity divergences` or from the report.',
  });
}

interface Made {
  readonly source?: string;
  readonly program?: string | undefined;
  readonly why?: string;
}

async function makeProgram(
  suite: Suite,
  inputs: readonly Json[],
  architecture: 'x64' | 'ia32',
  folder: string,
): Promise<Made> {
  const { declared } = suite.behaviour;
  if (!declared) return { why: 'the case is a script of several calls' };
  try {
    const source = writeProgram({ declared, inputs, architecture, about: [suite.name] });
    const program = join(folder, `report-${architecture}.exe`);
    const why = await compileProgram(source, program, architecture);
    return why === undefined ? { source, program } : { source, why };
  } catch (error) {
    if (error instanceof NotInC) return { why: error.message };
    throw error;
  }
}

async function runProgram(agent: Agent, { behaviour }: Suite, program: string): Promise<string> {
  const { code, stdout } = await agent.run(program, [agent.pathOf(behaviour.library)], { timeoutMs: 10_000 });
  const text = stdout.toString('latin1').replaceAll('\r', '');
  return code === 0 ? text : `${text}exit code ${code === null ? 'none, it did not end' : code.toString()}\n`;
}

function textOf({ behaviour }: Suite, seen: Observed): string {
  return outcomeText(showOutcome(behaviour, seen));
}

/** Whether an outcome is the one that Microsoft's DLL of the same architecture has; true where there is none. */
function isLikeMicrosoft(
  { behaviour, comparator }: Suite,
  runs: readonly (ReportedRun & { readonly seen: Observed })[],
  run: Pick<ReportedRun, 'architecture' | 'dll'>,
  seen: Observed,
): boolean {
  const native = runs.find((each) => each.dll === 'native' && each.architecture === run.architecture);
  if (!native || run.dll === 'native') return true;
  const { verdict } = judgeCase(behaviour, comparator, native.seen as RecordedOutcome, seen);
  return verdict === 'match' || verdict === 'tolerated';
}
