// HOT (scalar results): what a batch left behind, as a baseline holds it. Benchmark: batch-pow.
import { FRAME } from '../../../protocol/wire/layout.ts';
import type { Batch } from '../../calls/agent/batch.ts';
import { capturedText, resultAddress, resultOffset } from '../../calls/marshal/decode-result.ts';
import { describeOutcome, describePlace, type Outcome } from '../../calls/marshal/outcome.ts';
import { type CallPlan, slotOf } from '../../calls/marshal/plan.ts';
import type { FieldKind } from '../compare/comparator.ts';
import { doubleAt, floatAt, jsonFromNumber } from '../compare/floating.ts';
import type { Json } from '../compare/json.ts';
import { DllparityError } from '../../base/errors.ts';
import type { VariadicArgument } from '../../types/declare/prototype-types.ts';
import { typeOf } from '../../types/declare/type-objects.ts';
import type { DeclaredFunction } from '../../types/declare/library.ts';
import { layoutOf } from '../../types/abi/layout.ts';
import type { PointerBytes, ScalarLayout } from '../../types/abi/layout-kinds.ts';
import { type CType, type Parameter, textOf } from '../../types/declare/types.ts';
import { decodeAddress } from '../../calls/memsync/decode-scalar.ts';
import { Pointer } from '../../calls/memsync/pointer.ts';
import { variadicFromJson } from './inputs.ts';
import type { Observed } from './observed.ts';
import { writtenPart } from './written.ts';

/** Which comparison suits a field: floating-point ones are compared as such, all others for equality. */
export function fieldKindOf(declared: DeclaredFunction, field: string): FieldKind {
  const type =
    field === 'result' ? declared.type.result : outTarget(declared.type.parameters.find(({ name }) => name === field));
  if (type?.kind !== 'scalar') return 'other';
  return type.code === 'double' || type.code === 'float' ? type.code : 'other';
}

function outTarget(parameter: Parameter | undefined): CType | undefined {
  return parameter?.type.kind === 'pointer' ? parameter.type.target : undefined;
}

/** What the case at `index` left behind; `given` are the arguments it was called with, made from `inputs`. */
export function observeCase(
  batch: Batch,
  index: number,
  declared: DeclaredFunction,
  given: readonly unknown[],
  inputs: readonly Json[] = [],
): Observed {
  const found = batch.frameOf(index);
  if (!found) return observeLost(batch.outcome(index));
  const { view, frame } = found;
  const { result, parameters } = declared.type;
  const args = given.slice(0, parameters.length);
  const fields: Record<string, Json> = {};
  const { plan } = batch;
  const { resultLayout } = plan.placement;
  const addresses = argumentAddresses(batch.plan, view, frame);
  if (resultLayout.kind === 'scalar') fields['result'] = scalarJson(view, frame + resultOffset(plan), resultLayout);
  else if (resultLayout.kind === 'struct' || resultLayout.kind === 'union') {
    const outcome = batch.outcome(index);
    fields['result'] = outcome.kind === 'returned' ? plainJson(outcome.result) : null;
  } else if (result.kind === 'pointer') {
    const relation = relationOf(resultAddress(plan, view, frame), addresses, parameters, args);
    const text =
      relation === 'elsewhere' && plan.captureBytes > 0 ? capturedText(view, plan, frame, found.slotBytes) : undefined;
    const wide = textOf(result.target) === 'wchar';
    fields['result'] = text ? { text: text.toString(wide ? 'utf16le' : 'latin1') } : relation;
  }
  if (declared.library.errno !== undefined) {
    const errno = view.getInt32(frame + FRAME.ERRNO, true);
    if (errno !== 0) fields['errno'] = errno;
  }
  for (let i = 0; i < parameters.length; i++) {
    const parameter = parameters[i];
    if (parameter?.direction !== 'in' && parameter && args[i] !== null) {
      fields[parameter.name] = memoryJson(args[i], parameter, addresses, parameters, args);
    }
  }
  observeVariadic(fields, given.slice(parameters.length), inputs, (memory, parameter) =>
    memoryJson(memory, parameter, addresses, parameters, args),
  );
  return { kind: 'returned', fields };
}

/** Memory behind "..." has a field where the function has changed it: that of most is only read. */
function observeVariadic(
  fields: Record<string, Json>,
  variadic: readonly unknown[],
  inputs: readonly Json[],
  jsonOf: (memory: unknown, parameter: Parameter) => Json,
): void {
  variadic.forEach((argument, index) => {
    const { as, value } = argument as VariadicArgument;
    if (value === null || typeof value !== 'object') return;
    const at = inputs.length - variadic.length + index;
    const name = `argument ${at.toString()}`;
    const parameter: Parameter = {
      name,
      type: typeOf(as),
      direction: 'inout',
      extent: null,
      stored: null,
      least: null,
    };
    const after = jsonOf(value, parameter);
    const before = jsonOf(variadicFromJson(inputs[at] ?? null).value, parameter);
    if (JSON.stringify(after) !== JSON.stringify(before)) fields[name] = after;
  });
}

/** An outcome that is no return. */
export function observeLost(outcome: Outcome): Observed {
  const text = describeOutcome(outcome);
  switch (outcome.kind) {
    case 'faulted':
      return {
        kind: 'faulted',
        code: outcome.fault.code,
        text,
        callsBefore: outcome.callsBefore,
        ...(outcome.fault.module ? { place: describePlace(outcome.fault.module) } : {}),
      };
    case 'exited':
      return { kind: 'exited', code: outcome.code, text, log: outcome.log, callsBefore: outcome.callsBefore };
    case 'timed-out':
    case 'wire-damaged':
      return { kind: outcome.kind, text, log: outcome.log, callsBefore: outcome.callsBefore };
    default:
      return { kind: 'not-callable', text };
  }
}

/** The scalar at `offset`, bit for bit. */
export function scalarJson(view: DataView, offset: number, type: Pick<ScalarLayout, 'code'>): Json {
  switch (type.code) {
    case 'double':
      return doubleAt(view, offset);
    case 'float':
      return floatAt(view, offset);
    case 'int32':
      return view.getInt32(offset, true);
    case 'uint32':
      return view.getUint32(offset, true);
    case 'int16':
      return view.getInt16(offset, true);
    case 'uint16':
      return view.getUint16(offset, true);
    case 'int8':
      return view.getInt8(offset);
    case 'uint8':
      return view.getUint8(offset);
    case 'bool':
      return view.getUint8(offset) !== 0;
    case 'int64':
      return integerJson(view.getBigInt64(offset, true));
    case 'uint64':
      return integerJson(view.getBigUint64(offset, true));
  }
}

function integerJson(value: bigint): Json {
  const small = value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
  return small ? Number(value) : value.toString();
}

/** Where the memory behind each pointer argument was. */
interface Addresses {
  readonly pointerBytes: PointerBytes;
  of(index: number): bigint;
}

function argumentAddresses({ placement, pointerBytes }: CallPlan, view: DataView, frame: number): Addresses {
  return {
    pointerBytes,
    of(index) {
      const place = placement.arguments[index];
      return place ? decodeAddress(pointerBytes, view, slotOf(frame, place)) : 0n;
    },
  };
}

/** A pointer as a relation, since its address means nothing in another run. */
function relationOf(
  address: bigint,
  addresses: Addresses,
  parameters: readonly Parameter[],
  args: readonly unknown[],
): Json {
  if (address === 0n) return null;
  for (let i = 0; i < parameters.length; i++) {
    const bytes = bytesBehind(args[i], parameters[i], addresses.pointerBytes);
    if (bytes === undefined) continue;
    const offset = address - addresses.of(i);
    // One past the end is where a scan of the whole memory stops.
    if (offset >= 0n && offset <= BigInt(bytes))
      return { in: parameters[i]?.name ?? i.toString(), offset: Number(offset) };
  }
  return 'elsewhere';
}

function bytesBehind(
  memory: unknown,
  parameter: Parameter | undefined,
  pointerBytes: PointerBytes,
): number | undefined {
  if (ArrayBuffer.isView(memory)) return memory.byteLength;
  const target = outTarget(parameter);
  return Array.isArray(memory) && target?.kind === 'scalar'
    ? memory.length * layoutOf(target, pointerBytes).bytes
    : undefined;
}

/** The memory behind an argument after the call. */
function memoryJson(
  memory: unknown,
  parameter: Parameter,
  addresses: Addresses,
  parameters: readonly Parameter[],
  args: readonly unknown[],
): Json {
  if (Array.isArray(memory)) {
    const values = memory.map((value: unknown) =>
      value instanceof Pointer ? relationOf(value.address, addresses, parameters, args) : plainJson(value),
    );
    return parameter.direction === 'out' && values.length === 1 ? (values[0] ?? null) : values;
  }
  if (memory instanceof Uint8Array || memory instanceof Uint16Array) return writtenPart(memory);
  if (ArrayBuffer.isView(memory)) return Array.from(memory as Int32Array, jsonFromNumber);
  return plainJson(memory);
}

/** Values of scripted behaviours and of structs. */
export function plainJson(value: unknown): Json {
  if (typeof value === 'number') return jsonFromNumber(value);
  if (typeof value === 'bigint') return integerJson(value);
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return wholeText(value);
  if (typeof value === 'boolean') return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
  if (ArrayBuffer.isView(value)) return Array.from(value as Int32Array, jsonFromNumber);
  if (Array.isArray(value)) return value.map(plainJson);
  if (value instanceof Pointer) return 'elsewhere';
  return Object.fromEntries(
    Object.entries(value as Record<string, unknown>).map(([key, member]) => [key, plainJson(member)]),
  );
}

/** Texts that a function returns are read as UTF-8. Where bytes were replaced, different ones would compare equal. */
function wholeText(text: string): string {
  if (!text.includes('\ufffd')) return text;
  throw new DllparityError('ARGUMENT_TYPE', {
    what: `an observed text has bytes that are not UTF-8, and lost them: ${JSON.stringify(text.slice(0, 60))}`,
    hint: 'Declare the result as `void *` and observe `pointer.bytes(length)`, or let the function write into a Buffer.',
  });
}
