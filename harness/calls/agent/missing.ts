import { type Fault, type NotCallable, stubText, type WineStub } from '../marshal/outcome.ts';
import type { CallPlan } from '../marshal/plan.ts';
import type { DeclaredFunction } from '../../types/declare/library.ts';

/** Why a function cannot be called in the present agent. */
export interface Missing {
  readonly reason: string;
  /** The runtime has it by name only; otherwise it is not there at all. */
  readonly isStub: boolean;
}

export function missingStub(stub: WineStub, runtime: string): Missing {
  return { reason: `${stubText(stub)} (${runtime})`, isStub: true };
}

/**
 * Notes that a function cannot be called, when its fault says that Wine has it by name only: no further call is made then.
 * Undefined for any other fault; that of a stub which the function has called in its turn is one of the function.
 */
export function missingByFault(
  { missing, runtime }: { readonly missing: Map<CallPlan, Missing>; readonly runtime: string },
  declared: DeclaredFunction,
  plan: CallPlan,
  { stub }: Fault,
): Missing | undefined {
  if (!stub || !isNamed(declared, stub.name, stub.dll)) return undefined;
  const found = missingStub(stub, runtime);
  missing.set(plan, found);
  return found;
}

/** The outcome of a case of a batch, or a row. */
export function notCallable(
  { runtime }: { readonly runtime: string },
  declared: DeclaredFunction,
  args: readonly unknown[],
  missing: Missing,
): NotCallable {
  const name = `${declared.dll}!${declared.name}`;
  return { kind: 'not-callable', function: name, runtime, durationMs: null, arguments: args, ...missing };
}

/** A forwarder leads to the same name in another DLL; of an ordinal the exception has the name, where there is one. */
function isNamed({ dll, name, exportedAs }: DeclaredFunction, stub: string, stubDll: string): boolean {
  return typeof exportedAs === 'number' ? dll === stubDll.toLowerCase() : stub === name || stub === exportedAs;
}
