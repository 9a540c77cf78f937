// What a suite exercises, seen as inputs in and observations out: a declared function called in batches, or a script.
import type { Arbitrary } from 'fast-check';
import type { Agent } from '../../calls/agent/agent.ts';
import type { Loaded } from '../../calls/agent/loaded.ts';
import { batchFrom, type SourceMaker } from '../../calls/agent/bound-function.ts';
import { CallError } from '../../calls/agent/call-error.ts';
import type { PointerBytes } from '../../types/abi/layout-kinds.ts';
import type { Batch } from '../../calls/agent/batch.ts';
import type { RecordedOutcome } from '../baseline/baseline.ts';
import type { FieldKind } from '../compare/comparator.ts';
import type { Json } from '../compare/json.ts';
import {
  declaration,
  type DeclaredFunction,
  type Library,
  type LibraryDeclaration,
} from '../../types/declare/library.ts';
import type { CType } from '../../types/declare/types.ts';
import { argumentsFromJson, checkInputCount, integerFromJson, isInput, variadicInput } from './inputs.ts';
import { recordingAgent } from './recording-agent.ts';
import { fieldKindOf, observeCase, observeLost, plainJson } from './observe-function.ts';
import type { Observed } from './observed.ts';
import { isScalarFunction, observeScalars, scalarCases } from './scalar-cases.ts';

export interface ObserveOptions {
  /** Takes the DLL from this file. @default where the library says */
  readonly file?: string;
  /**
   * What is expected of each case. Where exactly that is seen, that very object may be given back: most cases match, and
   * need no object of their own.
   */
  readonly expected?: readonly RecordedOutcome[];
}

/** The subject of a suite. */
export interface Behaviour {
  readonly dll: string;
  readonly library: LibraryDeclaration;
  readonly prototype: string | null;
  /** The function, where it is one. */
  readonly declared: DeclaredFunction | undefined;
  /** What of the DLL may be called, as it is exported. */
  readonly exports: readonly (string | number)[];
  /** Names and C types of the inputs, for reports; variadic ones have no entry. */
  readonly inputNames: readonly { readonly name: string; readonly type: string }[];
  /** Whether all inputs can be passed where pointers have so many bytes: a size_t of x64 may be too large for ia32. */
  fits(inputs: readonly Json[], pointerBytes: PointerBytes): boolean;
  fieldKind(field: string): FieldKind;
  fieldType(field: string): string;
  /** Runs all cases in an agent. */
  observe(agent: Agent, cases: readonly (readonly Json[])[], options?: ObserveOptions): Observed[];
}

/** A declared function, called once for each case. */
export function functionBehaviour(declared: DeclaredFunction): Behaviour {
  const { library } = declared;
  const { parameters, result } = declared.type;
  const key = Object.entries(library.functions).find(([, fn]) => fn === declared)?.[0] ?? declared.name;
  return {
    dll: declared.dll,
    library,
    prototype: declared.prototype,
    declared,
    exports: [declared.exportedAs ?? declared.name],
    inputNames: parameters.filter(isInput).map(({ name, type }) => ({ name, type: type.name })),
    fits(inputs, pointerBytes) {
      const fixed = parameters.filter(isInput);
      return inputs.every((input, index) => {
        const [type, value] = fixed[index] ? [fixed[index].type, input] : variadicInput(input);
        const isWide = type.kind === 'scalar' && (type.code === 'intptr' || type.code === 'uintptr');
        return !isWide || hasPointerSize(value, pointerBytes);
      });
    },
    fieldKind: (field) => fieldKindOf(declared, field),
    fieldType: (field) => {
      if (field === 'result') return typeName(result);
      if (field === 'errno') return 'int';
      return typeName(parameters.find(({ name }) => name === field)?.type);
    },
    observe(agent, cases, { file, expected } = {}) {
      for (const inputs of cases) checkInputCount(inputs, { ...declared.type, name: key });
      const loaded = agent.loadDeclared(library, file) as Readonly<Record<string, BatchFunction>>;
      const call = loaded[key];
      if (!call) return [];
      if (isScalarFunction(declared.type))
        return observeScalars(call[batchFrom](scalarCases(cases)), declared, expected);
      const calls = cases.map((inputs) => argumentsFromJson(inputs, parameters));
      const batch = call.batch(calls);
      return calls.map((args, index) => observeCase(batch, index, declared, args, cases[index]));
    },
  };
}

function hasPointerSize(json: Json, pointerBytes: PointerBytes): boolean {
  const value = BigInt(integerFromJson(json) as number | bigint);
  const bits = BigInt(pointerBytes * 8);
  return value >= -(1n << (bits - 1n)) && value < 1n << bits;
}

/** What this needs of a bound function. */
interface BatchFunction {
  batch(cases: unknown[][]): Batch;
  [batchFrom](source: SourceMaker): Batch;
}

function typeName(type: CType | undefined): string {
  return type?.name ?? '';
}

/** What a script observes: named values. */
export type Observation = Readonly<Record<string, unknown>>;

/** A piece of TypeScript that uses the library and says what it saw, run once for each case. */
export function scriptBehaviour<L extends Library>(
  library: L,
  inputName: string,
  script: (loaded: Loaded<L>, input: unknown, agent: Agent) => Observation,
): Behaviour {
  return {
    dll: library[declaration].dll,
    library: library[declaration],
    prototype: null,
    declared: undefined,
    exports: Object.values(library[declaration].functions).map(({ name, exportedAs }) => exportedAs ?? name),
    inputNames: [{ name: inputName, type: '' }],
    fits: () => true,
    fieldKind: () => 'other',
    fieldType: () => '',
    observe: (agent, cases, { file } = {}) =>
      cases.map((inputs) => observeScript(agent, library, script, inputs[0], file)),
  };
}

function observeScript<L extends Library>(
  agent: Agent,
  library: L,
  script: (loaded: Loaded<L>, input: unknown, agent: Agent) => Observation,
  input: unknown,
  file: string | undefined,
): Observed {
  // Whoever records takes the DLL from a file.
  const given = file === undefined ? agent : recordingAgent(agent, library[declaration]);
  try {
    const seen = script(agent.load(library, file), input, given);
    return {
      kind: 'returned',
      fields: Object.fromEntries(Object.entries(seen).map(([name, value]) => [name, plainJson(value)])),
    };
  } catch (error) {
    if (error instanceof CallError) return observeLost(error.outcome);
    throw error;
  }
}

/** How the inputs of a suite are made. */
export interface Generator {
  /** Cases that are always among them, before the generated ones. */
  readonly always: (pointerBytes: PointerBytes) => readonly (readonly unknown[])[];
  readonly arbitrary: Arbitrary<readonly unknown[]>;
  /** Number of cases in all. */
  readonly runs: number;
}
