// Which argument goes where, by architecture and calling convention (Microsoft, "x64 calling convention", "Argument
// Passing and Naming Conventions"; for member functions Microsoft's C++ ABI).
import type { Convention, FunctionType } from '../declare/types.ts';
import { layoutOf } from './layout.ts';
import type { Layout, PointerBytes } from './layout-kinds.ts';

/** Where one value lies in the argument slots of a frame. */
export interface Place {
  readonly layout: Layout;
  /** Bytes from the first slot. */
  readonly offset: number;
  /** Bytes it takes there, a whole number of slots. */
  readonly bytes: number;
  /** The slot holds the address of a copy: x64 hands over structs that fit no register so. */
  readonly byAddress: boolean;
}

/** Where a result is found. */
export type ResultPlace = 'none' | 'integer' | 'floating' | 'x87' | 'memory';

/** How the arguments and the result of one call travel. */
export interface Placement {
  readonly arguments: readonly Place[];
  /** The address of the memory for a struct result, which the caller passes. */
  readonly hidden: Place | null;
  readonly result: ResultPlace;
  readonly resultLayout: Layout;
  /** Bytes of all slots together. */
  readonly slotBytes: number;
  /** Bytes that the callee takes off the stack when it returns: stdcall, fastcall and thiscall of ia32. */
  readonly pops: number;
}

/** ia32: slots 0 and 1 are ECX and EDX, then comes the stack. */
const IA32_REGISTERS = 2;

/** Whether a struct of this size travels like an integer. */
export function fitsRegister(bytes: number): boolean {
  return bytes === 1 || bytes === 2 || bytes === 4 || bytes === 8;
}

/** @param extra layouts of variadic arguments, after those of the parameters */
export function placeArguments(
  type: FunctionType,
  pointerBytes: PointerBytes,
  extra: readonly Layout[] = [],
): Placement {
  const resultLayout = layoutOf(type.result, pointerBytes);
  const layouts = [...type.parameters.map((parameter) => layoutOf(parameter.type, pointerBytes)), ...extra];
  const result = resultPlace(type, resultLayout, pointerBytes);
  const hidden = result === 'memory';
  const placed =
    pointerBytes === 8 ? placeX64(type, layouts, hidden) : placeIa32(conventionOf(type), type, layouts, hidden);
  return { ...placed, result, resultLayout };
}

/** A variadic function is cdecl whatever it says: only its caller knows what to take off the stack. */
function conventionOf(type: FunctionType): Convention {
  return type.variadic ? 'cdecl' : type.convention;
}

/**
 * Records are judged by their size alone. gcc has other rules on ia32: it returns a record of one float or double in ST(0), and
 * one that contains something of 3, 5, 6 or 7 bytes through memory whatever its size.
 */
function resultPlace(type: FunctionType, layout: Layout, pointerBytes: PointerBytes): ResultPlace {
  switch (layout.kind) {
    case 'sizeless':
      return 'none';
    case 'struct':
    case 'union':
      return type.method || !fitsRegister(layout.bytes) ? 'memory' : 'integer';
    case 'scalar':
      if (layout.code !== 'float' && layout.code !== 'double') return 'integer';
      return pointerBytes === 8 ? 'floating' : 'x87';
    case 'pointer':
    case 'array':
      return 'integer';
  }
}

type Placed = Pick<Placement, 'arguments' | 'hidden' | 'slotBytes' | 'pops'>;

const pointerPlace = (offset: number, bytes: PointerBytes): Place => ({
  layout: { kind: 'sizeless', type: { kind: 'void', name: 'void' }, name: 'void', bytes: 1, alignment: 1 },
  offset,
  bytes,
  byAddress: true,
});

function placeX64(type: FunctionType, layouts: readonly Layout[], hidden: boolean): Placed {
  // A member function's `this` comes before the memory for its result.
  const hiddenAt = hidden ? (type.method ? 1 : 0) : -1;
  let slot = 0;
  const places = layouts.map((layout, index): Place => {
    if (index === hiddenAt) slot++;
    const isRecord = layout.kind === 'struct' || layout.kind === 'union';
    return { layout, offset: slot++ * 8, bytes: 8, byAddress: isRecord && !fitsRegister(layout.bytes) };
  });
  if (hiddenAt === layouts.length) slot++;
  // Four slots at least: there are four register arguments, and they have a home on the stack.
  const slotBytes = Math.max(4, slot) * 8;
  return { arguments: places, hidden: hidden ? pointerPlace(hiddenAt * 8, 8) : null, slotBytes, pops: 0 };
}

function placeIa32(convention: Convention, type: FunctionType, layouts: readonly Layout[], hidden: boolean): Placed {
  let registers = convention === 'fastcall' ? 2 : convention === 'thiscall' ? 1 : 0;
  let nextRegister = 0;
  let stack = IA32_REGISTERS * 4;
  const take = (bytes: number): number => {
    const at = stack;
    stack += (bytes + 3) & ~3;
    return at;
  };
  const inRegister = (): number => {
    registers--;
    return nextRegister++ * 4;
  };
  let hiddenPlace: Place | null = null;
  const placeHidden = (): void => {
    // Registers are for what the prototype names, in fastcall too: there gcc has other rules than Microsoft's compiler.
    hiddenPlace = pointerPlace(take(4), 4);
  };
  if (hidden && !type.method) placeHidden();
  const places = layouts.map((layout, index): Place => {
    if (hidden && type.method && index === 1) placeHidden();
    const bytes = (layout.bytes + 3) & ~3;
    const fits = registers > 0 && layout.bytes <= 4 && isWord(layout);
    return { layout, offset: fits ? inRegister() : take(bytes), bytes, byAddress: false };
  });
  if (hidden && type.method && layouts.length < 2) placeHidden();
  const pops = convention === 'cdecl' ? 0 : stack - IA32_REGISTERS * 4;
  return { arguments: places, hidden: hiddenPlace, slotBytes: stack, pops };
}

/** What fastcall and thiscall pass in registers: integers and pointers, no floating-point numbers and no structs. */
function isWord(layout: Layout): boolean {
  return layout.kind === 'pointer' || (layout.kind === 'scalar' && layout.code !== 'float');
}
