// HOT: functions of DLLs as functions of JavaScript.
import { FRAME } from '../../../protocol/wire/layout.ts';
import { refuse, wrongType } from '../errors.ts';
import type { Guest } from '../guest/guest.ts';
import { checkParameter } from '../types/prototype.ts';
import type { Specifiers } from '../types/specifier.ts';
import { describePrototype, type Parameter, type Prototype } from '../types/type.ts';
import { describeValue } from '../types/value-names.ts';
import { storePointer } from '../values/memory.ts';
import type { AsyncCalls } from './async.ts';
import type { Callbacks } from './callbacks.ts';
import type { Converters } from './converters.ts';
import { FunctionPlan } from './function-plan.ts';
import { AsyncSink, type CallSink, SyncSink } from './sinks.ts';

/** What calls are made with. */
export interface CallMachine {
  readonly guest: Guest;
  readonly callbacks: Callbacks;
  readonly converters: Converters;
  readonly specifiers: Specifiers;
  readonly asyncCalls: AsyncCalls;
}

/** A function that was found: where it lies may change when the process is another one. */
export interface Target {
  readonly name: string;
  readonly address: () => bigint;
}

type AnyFunction = (...args: unknown[]) => unknown;

/** The function of JavaScript that calls a target. */
export function makeFunction(machine: () => CallMachine, prototype: Prototype, target: Target): AnyFunction {
  const { variadic, parameters } = prototype;
  let plan: FunctionPlan | undefined;
  const call = variadic
    ? (...args: unknown[]): unknown => callVariadic(machine(), prototype, target, args)
    : (...args: unknown[]): unknown => {
        if (args.length < parameters.length) tooFew(parameters.length, args.length);
        const { guest, callbacks, converters } = machine();
        plan ??= new FunctionPlan(guest, converters, prototype, parameters);
        return callPlan(guest, callbacks, plan, target, args);
      };
  Object.defineProperty(call, 'name', { value: prototype.name });
  if (!variadic) {
    const later = (...args: unknown[]): unknown => {
      if (args.length <= parameters.length) tooFew(parameters.length + 1, args.length);
      const done = args[parameters.length];
      if (typeof done !== 'function') {
        return wrongType(`Expected callback function as last argument, got ${describeValue(done)}`);
      }
      const { guest, converters, asyncCalls, callbacks } = machine();
      plan ??= new FunctionPlan(guest, converters, prototype, parameters);
      return startPlan(guest, callbacks, asyncCalls, plan, target, args, done as AnyFunction);
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
  const { guest, callbacks, converters, specifiers } = machine;
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
  const plan = variadicPlan(guest, converters, prototype, parameters);
  return callPlan(guest, callbacks, plan, target, values);
}

const variadicPlans = new WeakMap<Prototype, { parameters: readonly Parameter[]; plan: FunctionPlan }>();

/** Calls with the same types as the last one, which most are, share its plan. */
function variadicPlan(
  guest: Guest,
  converters: Converters,
  prototype: Prototype,
  parameters: readonly Parameter[],
): FunctionPlan {
  const last = variadicPlans.get(prototype);
  const same =
    last?.parameters.length === parameters.length &&
    parameters.every(({ type, directions }, index) => {
      const other = last.parameters[index];
      return other?.type === type && other.directions === directions;
    });
  if (same) return last.plan;
  const plan = new FunctionPlan(guest, converters, prototype, parameters);
  variadicPlans.set(prototype, { parameters, plan });
  return plan;
}

/** Writes frame and arguments; returns where the frame lies and where a struct result will. */
function writeFrame(
  guest: Guest,
  plan: FunctionPlan,
  args: readonly unknown[],
  sink: CallSink,
): { frame: number; memory: number } {
  const { view } = guest.session;
  const frame = sink.allocate(plan.stride);
  const slots = frame + FRAME.SLOTS;
  view.setInt32(frame + FRAME.ERRNO, 0, true);
  if (plan.manyPointers) sink.lendTogether(args);
  const { writers } = plan;
  for (let i = 0; i < writers.length; i++) writers[i]?.(slots, args[i], sink);
  if (plan.resultBytes === 0) return { frame, memory: 0 };
  const memory = sink.allocate(plan.resultBytes);
  storePointer(view, slots + plan.resultOffset, sink.addressAt(memory), guest.pointerBytes);
  return { frame, memory };
}

function callPlan(
  guest: Guest,
  callbacks: Callbacks,
  plan: FunctionPlan,
  target: Target,
  args: readonly unknown[],
): unknown {
  guest.ensureAlive();
  const address = target.address();
  const { session } = guest;
  const mark = session.top;
  const sink = new SyncSink(guest, callbacks);
  try {
    const { frame, memory } = writeFrame(guest, plan, args, sink);
    const index = guest.preparePlan(plan, address);
    sink.begin();
    let result: unknown;
    try {
      guest.run(index, frame, target.name);
      if (!guest.thrown) result = plan.result(frame, memory);
    } finally {
      sink.copyOut(guest.thrown === undefined);
    }
    const { thrown } = guest;
    if (thrown) {
      guest.thrown = undefined;
      throw thrown.error;
    }
    return result;
  } finally {
    sink.end();
    session.top = mark;
  }
}

function startPlan(
  guest: Guest,
  callbacks: Callbacks,
  asyncCalls: AsyncCalls,
  plan: FunctionPlan,
  target: Target,
  args: readonly unknown[],
  done: AnyFunction,
): unknown {
  guest.ensureAlive();
  const address = target.address();
  asyncCalls.needRoom();
  const sink = new AsyncSink(guest, callbacks);
  let placed: { frame: number; memory: number };
  try {
    placed = writeFrame(guest, plan, args, sink);
  } catch (error) {
    sink.end();
    done(error, undefined);
    return null;
  }
  const index = guest.preparePlan(plan, address);
  asyncCalls.start({ plan: index, frame: placed.frame, name: target.name, sink, done }, () =>
    plan.result(placed.frame, placed.memory),
  );
  return undefined;
}
