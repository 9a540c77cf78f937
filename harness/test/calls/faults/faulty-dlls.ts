// The reference DLLs of the table, as libraries.
import type { Agent, BoundFunction, Library } from 'dllparity';
import { library } from 'dllparity';
import { referenceDll } from '../../reference-dlls.ts';
import { allKinds } from './kinds.ts';
import type { Kind } from './kinds/kind.ts';

/** Each export has its own name; they are all of this type. */
const PROTOTYPE = 'int kind(int value)';

type FaultyFunction = BoundFunction<(value: number) => number>;

const libraries = new Map<string, Library>();

function libraryOf(dll: string): Library {
  let made = libraries.get(dll);
  if (!made) {
    const names = allKinds.filter((kind) => kind.dll === dll).map(({ name }) => name);
    made = library(
      referenceDll(`${dll}.dll`),
      Object.fromEntries(names.map((name) => [name, PROTOTYPE.replace('kind', name)])),
    );
    libraries.set(dll, made);
  }
  return made;
}

/** The export of a kind, in this agent. */
export function faultyFunction(agent: Agent, { dll, name }: Kind): FaultyFunction {
  const loaded = agent.load(libraryOf(dll)) as unknown as Readonly<Record<string, FaultyFunction>>;
  const found = loaded[name];
  if (!found) throw new Error(`${dll} does not declare ${name}`);
  return found;
}

/** Functions of these DLLs beside the kinds. */
export const besides = {
  ends: library(referenceDll('faults_ends.dll'), { hasDll: 'int has_dll(const char *name)' }),
  float: library(referenceDll('faults_float.dll'), {
    x87Quotient: 'double x87_quotient(double dividend, double divisor)',
  }),
  leftovers: library(referenceDll('faults_leftovers.dll'), {
    folderIsChanged: 'int folder_is_changed(void)',
    environmentIsChanged: 'int environment_is_changed(void)',
    lockIsHeld: 'int lock_is_held(void)',
    halvesDiffer: 'int halves_differ(void)',
  }),
};
