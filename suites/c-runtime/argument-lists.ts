// Lists of arguments as the functions take them that have no `...`: va_list.
import type { Agent, Pointer, VariadicArgument } from 'dllparity/agent';

/** An argument as a baseline holds it. Numbers that JSON lacks, and 64-bit integers, are text. */
export type ListedArgument = readonly [type: string, value: unknown];

/** The form of it that JSON can hold. */
export function listed({ as: type, value }: VariadicArgument): ListedArgument {
  return [type as string, value];
}

interface Memory {
  malloc(size: number): Pointer | null;
  memcpy(destination: Pointer | null, source: Buffer, count: number): unknown;
  free(memory: Pointer | null): void;
}

/**
 * Passes a va_list: slots of 8 bytes for x64, of 4 for ia32, where what has 8 bytes takes two. Texts lie in memory of the
 * runtime meanwhile.
 */
export function withArgumentList<T>(
  loaded: Memory,
  agent: Agent,
  values: readonly ListedArgument[],
  use: (slots: bigint[]) => T,
): T {
  const pointerBytes = agent.installation.architecture === 'x64' ? 8 : 4;
  const texts: Pointer[] = [];
  const textAt = (bytes: Buffer): bigint => {
    const memory = loaded.malloc(bytes.length);
    if (memory === null) throw new Error('malloc returned null');
    loaded.memcpy(memory, bytes, bytes.length);
    texts.push(memory);
    return memory.address;
  };
  try {
    const slots = values.flatMap(([type, value]) => slotsOf(type, value, pointerBytes, textAt));
    // What reads on finds zeros.
    return use([...slots, 0n, 0n, 0n, 0n]);
  } finally {
    for (const memory of texts) loaded.free(memory);
  }
}

function slotsOf(type: string, value: unknown, pointerBytes: 4 | 8, textAt: (bytes: Buffer) => bigint): bigint[] {
  const one = (bits: bigint): bigint[] => [BigInt.asUintN(pointerBytes * 8, bits)];
  const two = (bits: bigint): bigint[] =>
    pointerBytes === 8 ? [BigInt.asUintN(64, bits)] : [BigInt.asUintN(32, bits), BigInt.asUintN(32, bits >> 32n)];
  if (value === null) return [0n];
  switch (type) {
    case 'double':
      return two(bitsOf(value as number | string));
    case '__int64':
      return two(BigInt(value as number | string));
    case 'const char *':
      return [textAt(Buffer.from(`${value as string}${END}`, 'latin1'))];
    case 'const wchar_t *':
      return [textAt(Buffer.from(`${value as string}${END}`, 'utf16le'))];
    default:
      return one(BigInt(value as number | string));
  }
}

/** A function that takes a text for one of wider characters ends here too. */
const END = '\0\0\0\0';

const SPECIAL: Readonly<Record<string, number>> = { inf: Infinity, '-inf': -Infinity, nan: NaN, '-0': -0 };

function bitsOf(value: number | string): bigint {
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setFloat64(0, typeof value === 'number' ? value : (SPECIAL[value] ?? Number(value)));
  return bytes.getBigUint64(0);
}
