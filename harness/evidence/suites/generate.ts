import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { caseId } from '../baseline/case-line.ts';
import type { PointerBytes } from '../../types/abi/layout-kinds.ts';
import type { Json } from '../compare/json.ts';
import type { Behaviour, Generator } from './behaviour.ts';
import { inputToJson } from './inputs.ts';

/** The seed of a suite: from its name, so that recording it again tries the same cases. */
export function seedOf(suite: string): number {
  return createHash('sha256').update(suite).digest().readInt32LE(0);
}

/** The inputs of a suite, each once, with their ids: the constant ones first, then generated ones up to the wanted number. */
export function generateInputs(
  suite: string,
  behaviour: Behaviour,
  generator: Generator,
  pointerBytes: PointerBytes,
): Map<string, Json[]> {
  const cases = new Map<string, Json[]>();
  const add = (values: readonly unknown[]): void => {
    const inputs = values.map((value, index) =>
      inputToJson(value, behaviour.inputNames[index]?.name ?? `argument ${index.toString()}`),
    );
    const id = caseId(inputs);
    // Two inputs with one id are as good as equal here: the later one is dropped and another takes its place.
    if (!cases.has(id)) cases.set(id, inputs);
  };
  generator.always(pointerBytes).forEach(add);
  // A generator of few values cannot fill the number; after ten rounds that bring nothing new it is taken at its word.
  for (let round = 0, idle = 0; cases.size < generator.runs && idle < 10; round++) {
    const before = cases.size;
    for (const values of fc.sample(generator.arbitrary, { seed: seedOf(suite) + round, numRuns: generator.runs })) {
      if (cases.size >= generator.runs) break;
      add(values);
    }
    idle = cases.size === before ? idle + 1 : 0;
  }
  return cases;
}
