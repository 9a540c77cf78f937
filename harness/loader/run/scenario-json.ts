import type { Installation } from '../../machines/installation.ts';
import type { Scenario } from '../scenario.ts';
import type { Verdict } from '../../../protocol/records/result-record.ts';
import type { ScenarioRun } from './runner.ts';
import type { JudgedRun } from './scenario-table.ts';

/** What `dllparity scenario run --json` writes. */
export interface ScenarioJson {
  readonly runtime: string;
  readonly wine: string;
  readonly scenarios: readonly (Pick<Scenario, 'id' | 'rule' | 'title' | 'file' | 'line' | 'expect' | 'wine'> &
    Pick<ScenarioRun, 'outcome' | 'modules' | 'exitCode' | 'transcript' | 'ms' | 'harnessError'> & {
      readonly verdict: Verdict;
      readonly note?: string;
    })[];
}

export function scenarioJson(judged: readonly JudgedRun[], { id, wineBuild }: Installation): ScenarioJson {
  return {
    runtime: id,
    wine: wineBuild,
    scenarios: judged.map(({ run, verdict, note }) => {
      const { scenario, outcome, modules, exitCode, transcript, ms, harnessError } = run;
      const { rule, title, file, line, expect, wine } = scenario;
      return {
        id: scenario.id,
        rule,
        title,
        file,
        line,
        expect,
        wine,
        outcome,
        verdict,
        ...(note === undefined ? {} : { note }),
        modules,
        exitCode,
        ms: Math.round(ms),
        harnessError,
        transcript,
      };
    }),
  };
}
