// stdlib.h, search.h: sorting and searching. Which elements are compared, in which order, is part of the behaviour: a
// comparison with side effects, or one that contradicts itself, shows it.
import { conformance, fc } from 'dllparity';
import { withMemory } from './with-memory.ts';
import type { Loaded, Pointer } from 'dllparity/agent';
import type { Runtime } from './runtimes.ts';
import { whole } from './numbers.ts';

/** How two values are compared; all but the first two break the rules of an order in some way. */
const orders = {
  ascending: (a: number, b: number) => a - b,
  descending: (a: number, b: number) => b - a,
  'all equal': () => 0,
  'always less': () => -1,
  'always greater': () => 1,
  'by last digit': (a: number, b: number) => (a % 10) - (b % 10),
  'never equal': (a: number, b: number) => (a <= b ? -1 : 1),
  'in a circle': (a: number, b: number) => ((a - b + 300) % 3) - 1,
} as const;
/** Bytes for 24 elements of the largest size. */
const ROOM = 24 * 12;
type Order = keyof typeof orders;

const order = fc.constantFrom(...(Object.keys(orders) as Order[]));
const size = fc.constantFrom(1, 2, 4, 8, 12);
const values = fc.oneof(
  fc.array(whole(0, 99), { maxLength: 24 }),
  fc.array(whole(0, 5), { maxLength: 24 }),
  fc.array(whole(0, 99), { maxLength: 24 }).map((list) => list.toSorted((a, b) => a - b)),
  fc.array(whole(0, 99), { maxLength: 24 }).map((list) => list.toSorted((a, b) => b - a)),
);

/** Elements of `size` bytes: the value in the first, the rest made from it, so that an element moved in part is seen. */
function elements(list: readonly number[], size: number): Buffer {
  return Buffer.concat(
    list.map((value) => Buffer.from(Array.from({ length: size }, (_, i) => (value + i * 100) & 255))),
  );
}

export function sortSuites(crt: Runtime): void {
  conformance('qsort', crt, {
    input: fc.record({ values, size, order }),
    runs: 400,
    script: (loaded, { values, size, order }) =>
      withElements(loaded, values, size, (memory) => {
        const compared: string[] = [];
        loaded.qsort(memory, values.length, size, (a, b) => {
          compared.push(`${place(a, memory, size)}:${place(b, memory, size)}`);
          return orders[order](first(a), first(b));
        });
        return sorted(memory, values.length, size, compared);
      }),
  });

  conformance('qsort_s', crt, {
    input: fc.record({ values, size, order }),
    runs: 200,
    script: (loaded, { values, size, order }) =>
      withElements(loaded, values, size, (memory) => {
        const compared: string[] = [];
        loaded.qsort_s(
          memory,
          values.length,
          size,
          (context, a, b) => {
            compared.push(`${place(context, memory, 1)} ${place(a, memory, size)}:${place(b, memory, size)}`);
            return orders[order](first(a), first(b));
          },
          memory.plus(1),
        );
        return sorted(memory, values.length, size, compared);
      }),
  });

  conformance('bsearch', crt, {
    input: fc.record({ values, key: whole(0, 99), size, sorted: fc.boolean() }),
    runs: 200,
    script: (loaded, { values, key, size, sorted }) => {
      const list = sorted ? values.toSorted((a, b) => a - b) : values;
      return withElements(loaded, list, size, (memory) => {
        const compared: string[] = [];
        const found = loaded.bsearch(Buffer.from([key]), memory, list.length, size, (wanted, element) => {
          compared.push(place(element, memory, size));
          return first(wanted) - first(element);
        });
        return { result: found === null ? null : place(found, memory, size), compared: compared.join(' ') };
      });
    },
  });

  conformance('bsearch_s', crt, {
    input: fc.record({ values, key: whole(0, 99), size }),
    runs: 120,
    script: (loaded, { values, key, size }) => {
      const list = values.toSorted((a, b) => a - b);
      return withElements(loaded, list, size, (memory) => {
        const compared: string[] = [];
        const compare = (_context: Place, wanted: Place, element: Place): number => {
          compared.push(place(element, memory, size));
          return first(wanted) - first(element);
        };
        const found = loaded.bsearch_s(Buffer.from([key]), memory, list.length, size, compare, null);
        return { result: found === null ? null : place(found, memory, size), compared: compared.join(' ') };
      });
    },
  });

  conformance('_lfind', crt, {
    input: fc.record({ values, key: whole(0, 20), size }),
    runs: 200,
    script: (loaded, { values, key, size }) =>
      withElements(loaded, values, size, (memory) => {
        const compared: string[] = [];
        const found = loaded._lfind(Buffer.from([key]), memory, [values.length], size, (wanted, element) => {
          compared.push(place(element, memory, size));
          return first(wanted) === first(element) ? 0 : 1;
        });
        return { result: found === null ? null : place(found, memory, size), compared: compared.join(' ') };
      }),
  });

  // There is room for the element that it adds.
  conformance('_lsearch', crt, {
    input: fc.record({ values: fc.array(whole(0, 20), { maxLength: 20 }), key: whole(0, 20), size }),
    runs: 120,
    script: (loaded, { values, key, size }) =>
      withElements(loaded, values, size, (memory) => {
        const count = [values.length];
        const found = loaded._lsearch(elements([key], size), memory, count, size, (wanted, element) =>
          first(wanted) === first(element) ? 0 : 1,
        );
        return {
          result: found === null ? null : place(found, memory, size),
          count: count[0],
          memory: Buffer.from(memory.bytes((values.length + 1) * size)),
        };
      }),
  });
}

/** Memory with these elements, and with zeros behind them. */
function withElements<T>(
  loaded: Loaded<Runtime>,
  list: readonly number[],
  size: number,
  use: (memory: Pointer) => T,
): T {
  return withMemory(loaded, ROOM, (memory) => {
    loaded.memset(memory, 0, ROOM);
    loaded.memcpy(memory, elements(list, size), list.length * size);
    return use(memory);
  });
}

function sorted(memory: Pointer, count: number, size: number, compared: readonly string[]): Record<string, unknown> {
  const bytes = Buffer.from(memory.bytes(count * size));
  const values = Array.from({ length: count }, (_, i) => bytes[i * size] ?? 0);
  return { sorted: values, intact: elements(values, size).equals(bytes), compared: compared.join(' ') };
}

type Place = { readonly address: bigint; read(type: 'unsigned char'): number } | null;

/** The index of an element; elsewhere is a copy that the function has made. */
function place(element: Place, memory: Pointer, size: number): string {
  const offset = Number((element?.address ?? 0n) - memory.address);
  return offset >= 0 && offset < ROOM ? (offset / size).toString() : 'elsewhere';
}

function first(element: Place): number {
  return element?.read('unsigned char') ?? -1;
}
