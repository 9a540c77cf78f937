// Lengths that annotations give, worked out from the arguments of a call.
import { evaluate } from '../../types/declare/expression.ts';
import type { Extent, Parameter } from '../../types/declare/types.ts';
import { DllparityError } from '../../base/errors.ts';
import { bytesOf } from './passed.ts';
import { Pointer } from './pointer.ts';
import { SharedBuffer } from './shared-buffer.ts';
import { isTyped } from './typed-value.ts';

/** How many elements an extent stands for, or undefined when the arguments do not say: a null pointer, say. */
export function elementsOf(
  extent: Extent,
  elementBytes: number,
  parameters: readonly Parameter[],
  args: readonly unknown[],
): number | undefined {
  if (extent.count === 'terminated') return undefined;
  const count = evaluate(extent.count, (path, dereferenced) => {
    const index = parameters.findIndex(({ name }) => name === path[0]);
    return numberAt(args[index], parameters[index], path.slice(1), dereferenced);
  });
  if (count === undefined || !Number.isFinite(count)) return undefined;
  return Math.max(0, Math.floor(extent.unit === 'bytes' ? count / elementBytes : count));
}

function numberAt(
  value: unknown,
  parameter: Parameter | undefined,
  members: readonly string[],
  dereferenced: number,
): number | undefined {
  let found = value;
  // What a callback gets for a pointer is a Pointer: the agent is asked for what lies behind it.
  if (found instanceof Pointer && parameter?.type.kind === 'pointer' && (dereferenced > 0 || members.length > 0)) {
    found = found.read(parameter.type.target as never);
  } else if (dereferenced > 0 && (Array.isArray(found) || ArrayBuffer.isView(found))) {
    found = (found as unknown as ArrayLike<unknown>)[0];
  } else if (members.length > 0 && Array.isArray(found)) found = found[0] as unknown;
  for (const member of members) found = (found as Readonly<Record<string, unknown>> | null | undefined)?.[member];
  return typeof found === 'number' ? found : typeof found === 'bigint' ? Number(found) : undefined;
}

/** Throws ARGUMENT_RANGE when the memory that was passed is smaller than the function has been told it is. */
export function checkExtents(
  name: string,
  parameters: readonly Parameter[],
  bytesOfElement: (index: number) => number,
  args: readonly unknown[],
): void {
  parameters.forEach((parameter, index) => {
    const value = args[index];
    const extent = parameter.extent ?? parameter.least;
    if (!extent || parameter.type.kind !== 'pointer') return;
    const elementBytes = bytesOfElement(index);
    const has = elementsGiven(value, elementBytes, extent.unit);
    if (has === undefined) return;
    const wanted = elementsOf(extent, elementBytes, parameters, args);
    if (wanted === undefined || has >= wanted) return;
    const says = parameter.extent ? 'the other arguments say' : 'its declaration says';
    throw new DllparityError('ARGUMENT_RANGE', {
      what: `"${parameter.name}" of ${name} is shorter than ${says}`,
      figures: [
        { name: 'given', value: has, unit: 'elements' },
        { name: 'wanted', value: wanted, unit: 'elements' },
      ],
      hint: `Pass memory of the length that the ${parameter.extent ? 'annotation of the ' : ''}prototype asks for.`,
    });
  });
}

/** How many elements an argument has room for; undefined for texts, pointers and null, which say nothing of it. */
function elementsGiven(value: unknown, elementBytes: number, unit: Extent['unit']): number | undefined {
  if (Array.isArray(value)) return value.length;
  const bytes = bytesOf(value instanceof SharedBuffer ? value.bytes : value);
  if (bytes) return Math.floor(bytes.byteLength / elementBytes);
  if (typeof value !== 'object' || value === null || value instanceof Pointer) return undefined;
  // A struct with a flexible array has more bytes than its type.
  return isTyped(value) || unit === 'bytes' ? undefined : 1;
}
