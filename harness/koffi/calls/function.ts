// HOT: functions of DLLs as functions of JavaScript.
import { FunctionCall } from '../../calls/agent/function-call.ts';
import { type DeclaredFunction, FREED_BY_NOBODY, undeclaredLibrary } from '../../types/declare/library.ts';
import { refuse, wrongType } from '../errors.ts';
import { checkParameter } from '../types/prototype.ts';
import { describePrototype, type Parameter, type Prototype } from '../types/type.ts';
import { describeValue } from '../types/value-names.ts';
import { startAsync } from './async.ts';
import type { Callable, CallMachine, Target } from './callable.ts';
import { FunctionValues } from './function-values.ts';
import { notReturned } from './not-returned.ts';
import { functionType } from './shape.ts';

type AnyFunction = (...args: unknown[]) => unknown;

/** The function of JavaScript that calls a target. */
export function makeFunction(machine: () => CallMachine, prototype: Prototype, target: Target): AnyFunction {
  const { variadic, parameters } = prototype;
  let callable: Callable | undefined;
  const call = variadic
    ? (...args: unknown[]): unknown => callVariadic(machine(), prototype, target, args)
    : (...args: unknown[]): unknown => {
        if (args.length < parameters.length) tooFew(parameters.length, args.length);
        callable ??= makeCallable(machine(), prototype, parameters, target);
        return callNow(callable, args);
      };
  Object.defineProperty(call, 'name', { value: prototype.name });
  if (!variadic) {
    const later = (...args: unknown[]): unknown => {
      if (args.length <= parameters.length) tooFew(parameters.length + 1, args.length);
      const done = args[parameters.length];
      if (typeof done !== 'function') {
        return wrongType(`Expected callback function as last argument, got ${describeValue(done)}`);
      }
      callable ??= makeCallable(machine(), prototype, parameters, target);
      return startAsync(machine(), callable, target, args, done as AnyFunction);
    };
    Object.defineProperty(later, 'name', { value: prototype.name });
    Object.assign(call, { async: later });
  }
  return Object.assign(call, { info: describePrototype(prototype) });
}

function tooFew(expected: number, got: number): never {
  return wrongType(`Expected ${expected.toString()} arguments, got ${got.toString()}`);
}

/** Arguments of a variadic call come in pairs behind the others: type, value. */
function callVariadic(machine: CallMachine, prototype: Prototype, target: Target, args: readonly unknown[]): unknown {
  const { specifiers } = machine;
  const fixed = prototype.parameters.length;
  if (args.length < fixed) {
    wrongType(`Expected ${fixed.toString()} arguments or more, got ${args.length.toString()}`);
  }
  if ((args.length - fixed) % 2 !== 0) refuse('Missing value argument for variadic call');
  const parameters: Parameter[] = [...prototype.parameters];
  const values = args.slice(0, fixed);
  for (let i = fixed; i < args.length; i += 2) {
    const parameter = specifiers.resolveParameter(args[i]);
    checkParameter(parameter, parameters.length);
    parameters.push(parameter);
    values.push(args[i + 1]);
  }
  return callNow(variadicCallable(machine, prototype, parameters, target), values);
}

interface VariadicCallable {
  readonly target: Target;
  readonly parameters: readonly Parameter[];
  readonly callable: Callable;
}

const variadicCallables = new WeakMap<Prototype, VariadicCallable>();

/** Calls with the same types as the last one, which most are, share its plan. */
function variadicCallable(
  machine: CallMachine,
  prototype: Prototype,
  parameters: readonly Parameter[],
  target: Target,
): Callable {
  const last = variadicCallables.get(prototype);
  const same =
    last?.target === target &&
    last.parameters.length === parameters.length &&
    parameters.every(({ type, directions }, index) => {
      const other = last.parameters[index];
      return other?.type === type && other.directions === directions;
    });
  if (same) return last.callable;
  const callable = makeCallable(machine, prototype, parameters, target);
  variadicCallables.set(prototype, { target, parameters, callable });
  return callable;
}

/** What is known by its address alone belongs to no library. */
const NOWHERE = undeclaredLibrary('pointer');

function makeCallable(
  machine: CallMachine,
  prototype: Prototype,
  parameters: readonly Parameter[],
  { name, address, library = NOWHERE, ordinal }: Target,
): Callable {
  const { guest } = machine;
  const { pins, lent } = guest;
  const type = functionType(prototype, parameters);
  const plan = guest.newPlan(type);
  const declared: DeclaredFunction = {
    dll: library.dll,
    name,
    exportedAs: ordinal ?? undefined,
    prototype: '',
    type,
    library,
    freedBy: FREED_BY_NOBODY,
  };
  const call = new FunctionCall(
    guest.caller,
    {
      declared,
      plan,
      values: new FunctionValues(machine, plan, parameters, prototype.result),
      prepare: ({ passed, after }) => {
        guest.writePlan(plan, address());
        if (pins.any) pins.copyIn();
        if (!passed) return;
        const { ranges } = passed;
        lent.add(ranges);
        after.copyBack.push(() => lent.delete(ranges));
      },
      error: (outcome) => notReturned(name, outcome),
    },
    guest.asyncCalls,
  );
  return { guest, call };
}

function callNow({ guest, call }: Callable, args: readonly unknown[]): unknown {
  guest.depth++;
  try {
    return call.result(args);
  } finally {
    guest.depth--;
  }
}
