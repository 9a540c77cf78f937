// stdlib.h, search.h: sorting and searching. Which elements are compared, in which order, is part of the behaviour: a
// comparison with side effects, or one that contradicts itself, shows it.
import { conformance, fc } from 'dllparity';
import { crt } from './msvcr120.ts';
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

conformance('qsort', crt, {
  input: fc.record({ values, size, order }),
  runs: 400,
  script: (loaded, { values, size, order }) => {
    const memory = loaded.malloc(24 * 12);
    if (memory === null) throw new Error('malloc returned null');
    loaded.memcpy(memory, elements(values, size), values.length * size);
    const compared: string[] = [];
    loaded.qsort(memory, values.length, size, (a, b) => {
      compared.push(`${place(a, memory, size)}:${place(b, memory, size)}`);
      return orders[order](first(a), first(b));
    });
    const sorted = Buffer.from(memory.bytes(values.length * size));
    loaded.free(memory);
    const whole = Array.from(values, (_, i) => sorted[i * size] ?? 0);
    return { sorted: whole, intact: elements(whole, size).equals(sorted), compared: compared.join(' ') };
  },
});

conformance('bsearch', crt, {
  input: fc.record({ values, key: whole(0, 99), size, sorted: fc.boolean() }),
  runs: 200,
  script: (loaded, { values, key, size, sorted }) => {
    const list = sorted ? values.toSorted((a, b) => a - b) : values;
    const memory = loaded.malloc(24 * 12);
    if (memory === null) throw new Error('malloc returned null');
    loaded.memcpy(memory, elements(list, size), list.length * size);
    const compared: string[] = [];
    const found = loaded.bsearch(Buffer.from([key]), memory, list.length, size, (wanted, element) => {
      compared.push(place(element, memory, size));
      return first(wanted) - first(element);
    });
    const result = found === null ? null : place(found, memory, size);
    loaded.free(memory);
    return { result, compared: compared.join(' ') };
  },
});

conformance('_lfind', crt, {
  input: fc.record({ values, key: whole(0, 20), size }),
  runs: 200,
  script: (loaded, { values, key, size }) => {
    const memory = loaded.malloc(24 * 12);
    if (memory === null) throw new Error('malloc returned null');
    loaded.memcpy(memory, elements(values, size), values.length * size);
    const compared: string[] = [];
    const found = loaded._lfind(Buffer.from([key]), memory, [values.length], size, (wanted, element) => {
      compared.push(place(element, memory, size));
      return first(wanted) === first(element) ? 0 : 1;
    });
    const result = found === null ? null : place(found, memory, size);
    loaded.free(memory);
    return { result, compared: compared.join(' ') };
  },
});

type Place = { readonly address: bigint; read(type: 'unsigned char'): number } | null;

/** The index of an element; elsewhere is a copy that the function has made. */
function place(element: Place, memory: NonNullable<Place>, size: number): string {
  const offset = Number((element?.address ?? 0n) - memory.address);
  return offset >= 0 && offset < 24 * 12 ? (offset / size).toString() : 'elsewhere';
}

function first(element: Place): number {
  return element?.read('unsigned char') ?? -1;
}
