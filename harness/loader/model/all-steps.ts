import type { LoadNode } from './load-node.ts';
import type { Step } from './step.ts';

/** The steps of a node and of all that it imports, in the order in which they were taken. */
export function allSteps(node: LoadNode): readonly Step[] {
  return [...node.steps, ...node.imports.flatMap(allSteps), ...node.afterwards];
}
