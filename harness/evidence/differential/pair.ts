import type { Agent } from '../../calls/agent/agent.ts';
import type { VerifiedOracle } from '../oracle/verify-oracle.ts';
import type { Json } from '../compare/json.ts';
import type { Observed } from '../suites/observed.ts';
import type { RecordedOutcome } from '../baseline/baseline.ts';
import type { Suite } from '../suites/suite.ts';
import { type Side, sideText } from './side.ts';

/** A side with its agent. */
export interface LiveSide {
  readonly side: Side;
  readonly agent: Agent;
  /** The file that the DLL is taken from, of a native side. */
  readonly oracle: VerifiedOracle | undefined;
}

/** What both sides did with one case. */
export interface Both {
  readonly a: Observed;
  readonly b: Observed;
}

/** Two agents that are given the same cases of one suite. */
export class Pair {
  readonly a: LiveSide;
  readonly b: LiveSide;
  readonly suite: Suite;

  constructor(suite: Suite, a: LiveSide, b: LiveSide) {
    this.suite = suite;
    this.a = a;
    this.b = b;
    for (const side of [a, b]) this.load(side);
  }

  /** What both do with each case, in the order of the cases. */
  observe(cases: readonly (readonly Json[])[]): Both[] {
    const seenA = this.observeOn(this.a, cases);
    const expected = seenA as readonly RecordedOutcome[];
    const seenB = this.observeOn(this.b, cases, expected);
    return seenA.flatMap((a, index) => {
      const b = seenB[index];
      return b ? [{ a, b }] : [];
    });
  }

  /** The same for one case. */
  observeOne(inputs: readonly Json[]): Both | undefined {
    return this.observe([inputs])[0];
  }

  /** Whether both can take these inputs. */
  fits(inputs: readonly Json[]): boolean {
    return this.suite.behaviour.fits(inputs, this.a.agent.pointerBytes);
  }

  /** Both get a fresh process. */
  renew(): void {
    for (const side of [this.a, this.b]) {
      side.agent.renew();
      this.load(side);
    }
  }

  toString(): string {
    return `${sideText(this.a.side)} ${sideText(this.b.side)}`;
  }

  private observeOn(
    { agent, oracle }: LiveSide,
    cases: readonly (readonly Json[])[],
    expected?: readonly RecordedOutcome[],
  ): Observed[] {
    return this.suite.behaviour.observe(agent, cases, {
      ...(oracle === undefined ? {} : { file: oracle.path }),
      ...(expected === undefined ? {} : { expected }),
    });
  }

  private load({ agent, oracle }: LiveSide): void {
    const { library } = this.suite.behaviour;
    // What the DLL asks the system when it is loaded is no question of a case.
    agent.systemCalls().whileLoading(() => agent.loadDeclared(library, oracle?.path));
  }
}
