import { relative } from 'node:path';
import { bootAgent } from '../calls/agent/boot-agent.ts';
import { DllparityError } from '../base/errors.ts';
import { findScenarios } from '../loader/find-scenarios.ts';
import { scenarioJson } from '../loader/run/scenario-json.ts';
import { explain } from '../loader/model/explain.ts';
import { predict } from '../loader/model/predict.ts';
import { runJudged, SCENARIO_CALL_MS } from '../loader/run/run-judged.ts';
import { scenarioList, scenarioReport, verdictCounts } from '../loader/run/scenario-table.ts';
import type { Scenario } from '../loader/scenario.ts';
import { PASSING_VERDICTS } from '../../protocol/records/result-record.ts';
import { chooseByIds } from './choose-by-ids.ts';
import { Progress } from './progress.ts';
import { writeJson } from './write-document.ts';

export interface ScenarioOptions {
  readonly runtime?: string;
  readonly json?: string;
  readonly only?: string | readonly string[];
}

/** Runs search-order scenarios, explains what Windows does in them, or lists them. */
export async function scenario(action: string, paths: readonly string[], options: ScenarioOptions): Promise<number> {
  switch (action) {
    case 'list':
      process.stdout.write(`${scenarioList(chosen(paths, options))}\n`);
      return 0;
    case 'explain':
      process.stdout.write(`${chosen(paths, options).map(explained(options)).join('\n\n')}\n`);
      return 0;
    case 'run':
      return run(chosen(paths, options), options);
    default:
      throw new DllparityError('ARGUMENT_TYPE', {
        what: `"${action}" is nothing that can be done with scenarios`,
        hint: 'Write `dllparity scenario run`, `explain` or `list`.',
      });
  }
}

/** Those of the files, or the ones that are asked for. */
function chosen(paths: readonly string[], { only }: ScenarioOptions): readonly Scenario[] {
  const all = findScenarios(paths);
  return chooseByIds(all, only, ({ id, near }) => ({
    what: `there is no scenario ${id}`,
    hint: `${near === undefined ? '' : `Did you mean ${near}? `}\`dllparity scenario list\` shows all.`,
  }));
}

/** What the documented rules say, step by step; nothing is run. */
function explained({ runtime = '' }: ScenarioOptions): (scenario: Scenario) => string {
  const architecture = runtime.endsWith('-ia32') ? 'ia32' : 'x64';
  return (scenario) => {
    const { id, title, file, line } = scenario;
    const steps = explain(predict(scenario, { architecture }));
    return [`${id}: ${title}`, `at ${file}:${String(line)}`, '', ...steps].join('\n');
  };
}

async function run(scenarios: readonly Scenario[], { runtime, json }: ScenarioOptions): Promise<number> {
  const start = performance.now();
  await using agent = await bootAgent({
    callTimeoutMs: SCENARIO_CALL_MS,
    ...(runtime === undefined ? {} : { runtime }),
  });
  const progress = new Progress(scenarios.length, agent.runtime, 'scenarios', 50);
  const judged = await runJudged(agent, scenarios, () => {
    progress.next();
  });
  progress.end();
  process.stdout.write(`${scenarioReport(judged, agent.runtime)}\n\n`);
  if (json !== undefined) {
    const file = writeJson('the document', json, scenarioJson(judged, agent.installation));
    process.stdout.write(`wrote ${relative(process.cwd(), file)}\n`);
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stdout.write(
    `${String(judged.length)} ${judged.length === 1 ? 'scenario' : 'scenarios'} on ${agent.runtime} in ${seconds} s: ${verdictCounts(judged)}\n`,
  );
  return judged.every(({ verdict }) => PASSING_VERDICTS.includes(verdict)) ? 0 : 1;
}
