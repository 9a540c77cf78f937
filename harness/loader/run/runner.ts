import { join } from 'node:path';
import type { Agent } from '../../calls/agent/agent.ts';
import { bootAgent } from '../../calls/agent/boot-agent.ts';
import { readRegularFile } from '../../windows/pe/regular-file.ts';
import { errorName } from '../loader-constants.ts';
import { expandFolders, folderPath, SHARED_FOLDERS } from '../places.ts';
import { programFile } from '../program-file.ts';
import type { PlacedFile, Scenario } from '../scenario.ts';
import { allFiles } from '../shared-assemblies.ts';
import { callsFile } from './calls-file.ts';
import { ContentBytes } from './content-bytes.ts';
import { environmentBlock, localeOf, overrideValues } from './environment.ts';
import { exitCodeName } from './exit-code.ts';
import { Launcher, type ProgramEnd } from './launcher.ts';
import { prefixFolders, Tree } from './lay-out.ts';
import { Registry } from './registry.ts';
import { readTranscript, type SeenModule } from './transcript.ts';

/** What came of a scenario in a runtime. */
export interface ScenarioRun {
  readonly scenario: Scenario;
  /** In the words of outcome.ts. */
  readonly outcome: readonly string[];
  readonly modules: readonly SeenModule[];
  /** All 32 bits; undefined where no process started. */
  readonly exitCode: number | undefined;
  /** All that the process has written. */
  readonly transcript: string;
  /** From laying out its files to taking them away. */
  readonly ms: number;
  /** Why it could not be run; the rest says nothing then. */
  readonly harnessError: string | undefined;
}

/** How long a process may run, unless something else is said. */
export const SCENARIO_TIMEOUT_MS = 5000;

export interface RunnerOptions {
  /**
   * How long a process may run.
   *
   * @default 5000
   */
  readonly timeoutMs?: number | undefined;
  /**
   * How many run at once: on two processors more than four gain nothing.
   *
   * @default 4
   */
  readonly width?: number | undefined;
}

/** Scenarios that change what others see run one by one. From so many on that is done beside the others, in another prefix: it costs a boot. */
const MIN_BESIDE = 8;

const PROBE_FOUND_NO_CALLS = 66;

/** Of all runners: several may use one prefix. */
let count = 0;

/** Runs scenarios in the prefix of an agent, each in a process and a folder of its own. */
export class ScenarioRunner {
  readonly #agent: Agent;
  readonly #timeoutMs: number;
  readonly #width: number;
  readonly #contents: ContentBytes;
  readonly #launcher: Launcher;
  /** The agent's environment. Asked for again after an error: an agent that has ended is replaced by that, perhaps in another prefix. */
  #own: readonly string[] | undefined;

  constructor(agent: Agent, { timeoutMs = SCENARIO_TIMEOUT_MS, width = 4 }: RunnerOptions = {}) {
    this.#agent = agent;
    this.#timeoutMs = timeoutMs;
    this.#width = width;
    const { scenarioFiles, architecture } = agent.installation;
    this.#contents = new ContentBytes(scenarioFiles, architecture);
    this.#launcher = new Launcher(agent);
  }

  /** Runs all, and gives what came of them in their order; `onResult` is told as they end. */
  async run(scenarios: readonly Scenario[], onResult?: (run: ScenarioRun) => void): Promise<ScenarioRun[]> {
    const runs = new Map<Scenario, ScenarioRun>();
    const keep = (run: ScenarioRun): void => {
      runs.set(run.scenario, run);
      onResult?.(run);
    };
    const own = scenarios.filter((scenario) => localeKey(scenario) === NO_LOCALE);
    const apart = own.filter((scenario) => !isShared(scenario));
    const worker = async (): Promise<void> => {
      for (let next = apart.shift(); next !== undefined; next = apart.shift()) keep(await this.#runOne(next));
    };
    let inTurn = own.filter(isShared);
    let beside: Promise<void> | undefined;
    if (Math.min(inTurn.length, apart.length) >= MIN_BESIDE) {
      const these = inTurn;
      inTurn = [];
      // Without another agent they run here, when the others have.
      beside = this.#runElsewhere(these, keep, () => (inTurn = these));
    }
    await Promise.all([...Array.from({ length: this.#width }, worker), beside]);
    for (const scenario of inTurn) keep(await this.#runOne(scenario));
    for (const key of new Set(scenarios.map(localeKey))) {
      if (key === NO_LOCALE) continue;
      const these = scenarios.filter((scenario) => localeKey(scenario) === key);
      await this.#runElsewhere(these, keep, (error) => {
        for (const scenario of these) keep({ ...notRun(scenario, error), ms: 0 });
      });
    }
    return scenarios.flatMap((scenario) => runs.get(scenario) ?? []);
  }

  /**
   * In another agent, which has the locale of these scenarios and a prefix of its own, one after the other.
   *
   * @param onBootError what to do where there is none
   */
  async #runElsewhere(
    scenarios: readonly Scenario[],
    keep: (run: ScenarioRun) => void,
    onBootError: (error: unknown) => void,
  ): Promise<void> {
    const environment = Object.assign({}, ...scenarios.map(localeOf)) as Record<string, string>;
    const { runtime, callTimeoutMs } = this.#agent;
    let agent: Agent;
    try {
      agent = await bootAgent({ runtime, callTimeoutMs, environment });
    } catch (error) {
      onBootError(error);
      return;
    }
    try {
      const runner = new ScenarioRunner(agent, { timeoutMs: this.#timeoutMs, width: this.#width });
      for (const scenario of scenarios) keep(await runner.#runOne(scenario));
    } finally {
      await agent.close();
    }
  }

  async #runOne(scenario: Scenario): Promise<ScenarioRun> {
    const start = performance.now();
    const cleanUp: (() => void)[] = [];
    let run: Omit<ScenarioRun, 'ms'>;
    try {
      run = await this.#inTree(scenario, cleanUp);
    } catch (error) {
      run = notRun(scenario, error);
      this.#own = undefined;
    }
    for (const step of cleanUp.reverse()) {
      try {
        step();
      } catch (error) {
        run = { ...run, harnessError: run.harnessError ?? `what it left could not be removed: ${text(error)}` };
      }
    }
    return { ...run, ms: performance.now() - start };
  }

  async #inTree(scenario: Scenario, cleanUp: (() => void)[]): Promise<Omit<ScenarioRun, 'ms'>> {
    const own = (this.#own ??= this.#launcher.environment());
    const { architecture } = this.#agent.installation;
    const tree = new Tree(prefixFolders(this.#agent.prefix, architecture), String(++count));
    cleanUp.push(() => {
      tree.remove();
    });
    const files = allFiles(scenario, architecture);
    for (const placed of files)
      tree.place(placed, placed.content.kind === 'folder' ? undefined : this.#contents.of(placed.content));
    const file = programFile(scenario.program);
    tree.place({ folder: 'app', path: file }, this.#contents.program(scenario.program));
    tree.write('calls', callsFile(scenario.calls, tree.root));
    const values = [...scenario.registry, ...overrideValues(scenario)];
    if (values.length > 0) {
      const registry = new Registry(this.#agent);
      cleanUp.push(() => {
        registry.putBack();
      });
      for (const value of values) registry.write(value);
    }
    const { parentDllDirectory } = scenario.program;
    const application = `${folderPath('app', tree.root)}\\${file}`;
    const end = await this.#launcher.start({
      application,
      commandLine: `"${application}" ${tree.root}\\calls`,
      directory: folderPath('cwd', tree.root),
      environment: environmentBlock(own, scenario, tree.root),
      outputFile: `${tree.root}\\transcript`,
      timeoutMs: this.#timeoutMs,
      dllDirectory: parentDllDirectory === undefined ? undefined : expandFolders(parentDllDirectory, tree.root),
    });
    return told(
      scenario,
      end,
      files,
      readRegularFile(join(tree.folder, 'transcript'), MAX_TRANSCRIPT_BYTES).toString('utf8'),
      tree.root,
    );
  }
}

/** A probe says some lines for each call. */
const MAX_TRANSCRIPT_BYTES = 1 << 22;

/** Whether it changes what other processes of the prefix see. */
function isShared(scenario: Scenario): boolean {
  return (
    scenario.registry.length > 0 ||
    overrideValues(scenario).length > 0 ||
    scenario.program.parentDllDirectory !== undefined ||
    (scenario.shared?.length ?? 0) > 0 ||
    scenario.files.some(({ folder }) => SHARED_FOLDERS.has(folder))
  );
}

const NO_LOCALE = '{}';

/** Scenarios with the same one can share an agent. */
function localeKey(scenario: Scenario): string {
  return JSON.stringify(localeOf(scenario));
}

function told(
  scenario: Scenario,
  end: ProgramEnd,
  files: readonly PlacedFile[],
  written: string,
  root: string,
): Omit<ScenarioRun, 'ms'> {
  const { outcome, modules, isComplete } = readTranscript(written, { ...scenario, files }, root);
  const common = { scenario, modules, transcript: written };
  if (end.startError !== 0) {
    const start = [`start ${errorName(end.startError)}`];
    return { ...common, outcome: start, exitCode: undefined, harnessError: undefined };
  }
  if (end.timedOut) {
    return { ...common, outcome: [...outcome, 'timed out'], exitCode: undefined, harnessError: undefined };
  }
  const { exitCode } = end;
  const words = exitCode === 0 ? outcome : [...outcome, `exit ${exitCodeName(exitCode)}`];
  let harnessError: string | undefined;
  if (exitCode === PROBE_FOUND_NO_CALLS && !isComplete) harnessError = 'the program could not read its calls';
  else if (exitCode === 0 && !isComplete) harnessError = 'the program ended before its last call, and does not say why';
  return { ...common, outcome: words, exitCode, harnessError };
}

function notRun(scenario: Scenario, error: unknown): Omit<ScenarioRun, 'ms'> {
  return { scenario, outcome: [], modules: [], exitCode: undefined, transcript: '', harnessError: text(error) };
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
