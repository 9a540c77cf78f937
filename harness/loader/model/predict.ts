// What the documents say of a scenario: the outcome in the words that runners use too, and the reasons for it.

import type { LoaderCall, Scenario } from '../scenario.ts';
import { processContext } from './assembly-search.ts';
import { makeCall } from './calls.ts';
import type { Surroundings } from './surroundings.ts';
import type { Handle } from './handle.ts';
import { allSteps } from './all-steps.ts';
import { firstFailure, loadImports } from './load.ts';
import type { Module } from './module-list.ts';
import type { ProcessState } from './process-state.ts';
import { ScenarioWorld } from './scenario-world.ts';
import { PLAIN_REQUEST } from './search-request.ts';
import { startState } from './start-state.ts';
import { type Step, Trace, Undocumented } from './step.ts';
import { type Ways, WINDOWS_WAYS } from './ways.ts';
import { importWord, statusOf } from './words.ts';
import { StartFailed } from './wine-forwarder.ts';
import type { Architecture } from './world.ts';

export interface Prediction {
  /** In the words of outcome.ts; undefined where the documents do not say. */
  readonly outcome: readonly string[] | undefined;
  /** Why they do not. */
  readonly unknown: string | undefined;
  readonly steps: readonly CallSteps[];
}

/** The reasons of one part: the start of the process, what it imports, or a call. */
export interface CallSteps {
  readonly of: 'start' | 'imports' | LoaderCall;
  /** Its word; undefined: it says nothing, or the documents do not. */
  readonly word: string | undefined;
  readonly steps: readonly Step[];
}

export interface PredictOptions {
  readonly architecture: Architecture;
  /**
   * What a runtime is known to do otherwise.
   *
   * @default nothing: Windows
   */
  readonly ways?: Ways;
}

/** Predicts what Windows 10 and 11 do. */
export function predict(scenario: Scenario, options: PredictOptions): Prediction {
  return new Predictor(scenario, options.architecture, options.ways ?? WINDOWS_WAYS).run();
}

/** The process does not get any further. */
class Ended extends Error {}

class Predictor {
  readonly #scenario: Scenario;
  readonly #architecture: Architecture;
  readonly #ways: Ways;
  readonly #world: ScenarioWorld;
  readonly #parts: CallSteps[] = [];
  readonly #words: string[] = [];
  readonly #programImports = new Map<string, Module>();

  constructor(scenario: Scenario, architecture: Architecture, ways: Ways) {
    this.#scenario = scenario;
    this.#architecture = architecture;
    this.#ways = ways;
    this.#world = new ScenarioWorld(scenario, architecture);
  }

  run(): Prediction {
    try {
      const state = this.#start();
      this.#imports(state);
      state.isStarting = false;
      const handles: (Handle | undefined)[] = [];
      for (const [index, call] of this.#scenario.calls.entries()) {
        const running = { state, world: this.#world, handles, index, programImports: this.#programImports };
        const word = this.#part(call, (trace) => makeCall(call, { ...running, trace }));
        if (word?.startsWith('exit ') === true) throw new Ended();
      }
    } catch (error) {
      if (error instanceof Undocumented) return { outcome: undefined, unknown: error.message, steps: this.#parts };
      if (!(error instanceof Ended)) throw error;
    }
    return { outcome: this.#words, unknown: undefined, steps: this.#parts };
  }

  /** Keeps the reasons of a part, also where it has no answer. */
  #part<T extends string | undefined>(of: CallSteps['of'], make: (trace: Trace) => T): T {
    const trace = new Trace();
    try {
      const word = make(trace);
      this.#parts.push({ of, word, steps: trace.steps });
      if (word !== undefined) this.#words.push(word);
      return word;
    } catch (error) {
      if (!(error instanceof Undocumented)) throw error;
      trace.say(error.rule, error.message);
      this.#parts.push({ of, word: undefined, steps: trace.steps });
      throw error;
    }
  }

  #start(): ProcessState {
    let state: ProcessState | undefined;
    const word = this.#part('start', (trace) => {
      const started = startState(this.#scenario, this.#architecture, this.#world, trace, this.#ways);
      state = started;
      const program = this.#world.lookUp(started.program);
      if (program?.kind !== 'image') throw new Error('internal: a scenario has a program');
      const made = processContext(program, { state: started, world: this.#world, trace });
      if (made.kind === 'failed') {
        trace.say('assembly-missing', made.because);
        if (this.#ways.takes('start-without-assembly')) return undefined;
        return 'start ERROR_SXS_CANT_GEN_ACTCTX';
      }
      started.processContext = made.context;
      return undefined;
    });
    if (state === undefined || word !== undefined) throw new Ended();
    return state;
  }

  #imports(state: ProcessState): void {
    const program = this.#world.lookUp(state.program);
    if (program?.kind !== 'image' || program.imports.length === 0) return;
    const word = this.#part('imports', (trace) => {
      const around = { state, world: this.#world, trace };
      const options = { tolerant: false, unresolved: false };
      // Wine takes resource 2 of the program for what it imports, as that of a DLL.
      const within = this.#ways.ofWindows ? undefined : state.doubtfulContext;
      if (within !== undefined) state.contexts.push(within);
      const [node] = loadImports(program, this.#programImports, PLAIN_REQUEST, state, this.#world, options);
      if (within !== undefined) state.contexts.pop();
      if (node === undefined) throw new Error('internal: a program with imports has a node for the first one');
      trace.steps.push(...allSteps(node));
      const failure = firstFailure(node);
      if (failure?.kind === 'unknown') throw new Undocumented(failure.rule, failure.because);
      if (failure !== undefined) return `exit ${statusOf(failure.error)}`;
      if (node.result.kind !== 'loaded') throw new Error('internal: a load without failure has a module');
      return this.#boundWord(node.result.module, around);
    });
    if (word.startsWith('exit')) throw new Ended();
  }

  #boundWord(module: Module, around: Surroundings): string {
    try {
      return `imports ${importWord(module, this.#world, around)}`;
    } catch (error) {
      if (!(error instanceof StartFailed)) throw error;
      return `exit ${statusOf(error.error)}`;
    }
  }
}
