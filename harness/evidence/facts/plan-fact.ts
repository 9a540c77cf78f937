// How a fact is tried: which of its words ask for which set-up, and with whom it may share a process.
import type { Fact } from './fact.ts';
import { readSetup, type SetupStep } from './setups.ts';
import { Unsupported } from './unsupported.ts';

export interface PlannedFact {
  readonly fact: Fact;
  readonly steps: readonly SetupStep[];
  /** The number under which the DLL exports the function. */
  readonly ordinal: number | undefined;
  /** Facts with the same key share a process: it has no state but theirs. */
  readonly process: string;
  /** It gets a process of its own. */
  readonly isAlone: boolean;
}

/** A fact that cannot be tried here, and why. */
export interface SkippedFact {
  readonly fact: Fact;
  readonly reason: string;
  /** It is about another architecture: nothing is missing. */
  readonly isForeign: boolean;
}

export function planFact(fact: Fact, architecture: 'x64' | 'ia32'): PlannedFact | SkippedFact {
  if (fact.architecture !== 'both' && fact.architecture !== architecture) {
    return { fact, reason: `it is about ${fact.architecture}`, isForeign: true };
  }
  try {
    const steps = readSetup(fact.setup);
    const state = steps.filter(({ keepsState }) => keepsState).map(({ words }) => words);
    if (fact.expect.matherrType !== undefined) state.push('__setusermatherr');
    return {
      fact,
      steps,
      ordinal: steps.find(({ ordinal }) => ordinal !== undefined)?.ordinal,
      process: state.length === 0 ? '' : [fact.dll, ...state].join('\n'),
      isAlone: steps.some(({ isAlone }) => isAlone),
    };
  } catch (error) {
    if (error instanceof Unsupported) return { fact, reason: error.message, isForeign: false };
    throw error;
  }
}
