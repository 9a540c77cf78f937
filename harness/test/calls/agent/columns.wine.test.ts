// Columns give what batches give: results bit for bit, codes, statuses; for all kinds of numbers and all signatures of numbers.
import { describe, expect, fc, test } from 'dllparity';
import { ARRAYS, type NumericArray } from '../../../calls/marshal/columns.ts';
import { layoutOf } from '../../../types/abi/layout.ts';
import { declaration, type DeclaredFunction, type Library } from '../../../types/declare/library.ts';
import type { ScalarCode } from '../../../types/declare/types.ts';
import type { Batch } from '../../../calls/agent/batch.ts';
import { type Columns, ROW_STATUS } from '../../../calls/agent/columns.ts';
import { functionsOf } from '../../dlls/conventions.ts';
import { numbers } from '../../dlls/columns.ts';
import { state } from '../../dlls/state.ts';
import { basics, calls, installation, misbehave } from '../../reference-dlls.ts';

type Callable = ((...args: unknown[]) => unknown) & {
  batch(cases: readonly (readonly unknown[])[]): Batch;
  columns(...columns: readonly unknown[]): Columns<NumericArray | unknown[] | null>;
};

const isIa32 = installation.architecture === 'ia32';
const pointerBytes = isIa32 ? 4 : 8;
const bits = (array: ArrayBufferView): Uint8Array => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** Columns say of every row what a batch says of it. */
function expectAsBatch(
  call: unknown,
  codes: readonly ScalarCode[],
  result: ScalarCode | 'none',
  cases: unknown[][],
): void {
  const { batch, columns } = call as Callable;
  const wanted = batch(cases);
  const given = codes.map((code, i) => columnOf(code, cases.map((row) => row[i]))); // prettier-ignore
  const found = columns(...given, { rows: cases.length });
  expect(found.length).toBe(cases.length);
  const expected = result === 'none' ? null : new ARRAYS[result](cases.length);
  cases.forEach((_, row) => {
    const outcome = wanted.outcome(row);
    if (found.kindAt(row) !== outcome.kind) expect.fail(`row ${row.toString()}: ${found.kindAt(row)}`);
    if (outcome.kind === 'faulted') {
      expect(found.codes[row]).toBe(outcome.fault.code);
      expect(found.statuses[row]).toBe(ROW_STATUS.faulted);
    } else if (outcome.kind === 'returned') {
      if (found.codes[row] !== 0) expect.fail(`row ${row.toString()} has a code`);
      if (found.fpuChangedAt(row) !== outcome.fpuChanged) expect.fail(`row ${row.toString()}: control words`);
      if (expected) expected[row] = asElement(result, outcome.result) as never;
    } else expect.fail(outcome.kind);
  });
  if (expected) expect(found.results).toEqual(expected);
  else expect(found.results).toBeNull();
}

function columnOf(code: ScalarCode, values: readonly unknown[]): NumericArray {
  return new ARRAYS[code](values.map((value) => asElement(code, value)) as never);
}

/** A value as an element of its typed array. */
function asElement(code: ScalarCode | 'none', value: unknown): unknown {
  if (code === 'int64' || code === 'uint64') return BigInt(value as number | bigint);
  return typeof value === 'boolean' ? Number(value) : value;
}

const integers = (low: number, high: number): fc.Arbitrary<number> =>
  fc.oneof(fc.integer({ min: low, max: high }), fc.constantFrom(low, high, 0, 1));
const wide = (low: bigint, high: bigint): fc.Arbitrary<bigint> =>
  fc.oneof(fc.bigInt({ min: low, max: high }), fc.constantFrom(low, high, 0n));

const VALUES: Readonly<Record<ScalarCode, fc.Arbitrary<unknown>>> = {
  bool: fc.boolean(),
  int8: integers(-0x80, 0x7f),
  uint8: integers(0, 0xff),
  int16: integers(-0x8000, 0x7fff),
  uint16: integers(0, 0xffff),
  int32: integers(-0x8000_0000, 0x7fff_ffff),
  uint32: integers(0, 0xffff_ffff),
  int64: wide(-(2n ** 63n), 2n ** 63n - 1n),
  uint64: wide(0n, 2n ** 64n - 1n),
  float: fc.float(),
  double: fc.double(),
};

/** Functions that would end, hang or overwrite something with random arguments, that cost a batch the agent, or that count. */
const NOT_AT_RANDOM = /^(fault_second_time|damage_heap|use_heap|take_memory|arm|fire|sleep_ms|hang|exit_process|end_|terminate_process|maybe|overflow_stack|write_lines|crash_(read|write|execute)|count|calls_so_far|call_number|break_promises)/; // prettier-ignore

function codeOf(type: DeclaredFunction['type']['result']): ScalarCode | undefined {
  return type.kind === 'scalar' || type.kind === 'enum' ? layoutOf(type, pointerBytes).code : undefined;
}

const libraries: readonly (readonly [string, Library])[] = [
  ['basics', basics],
  ['calls', calls],
  ['misbehave', misbehave],
  ['state', state],
  ['columns', numbers],
  ...(['cdecl', 'stdcall', 'fastcall'] as const).map((name) => [name, functionsOf(name)] as const),
];

describe('columns give what a batch gives', () => {
  let functions = 0;
  for (const [name, library] of libraries) {
    for (const [key, declared] of Object.entries(library[declaration].functions)) {
      const { parameters, result, variadic } = declared.type;
      const codes = parameters.map(({ type }) => codeOf(type));
      const resultCode = result.kind === 'void' ? 'none' : codeOf(result);
      if (variadic || NOT_AT_RANDOM.test(declared.name) || resultCode === undefined) continue;
      if (!codes.every((code) => code !== undefined)) continue;
      // What gcc and Microsoft's compiler pass in different ways is declared in another order in the DLL.
      if (isIa32 && name === 'fastcall' && ['wide', 'mixed'].includes(key)) continue;
      functions++;
      test(`for ${name}: ${declared.prototype}`, ({ load }) => {
        const call = (load(library) as Record<string, unknown>)[key];
        const row = fc.tuple(...codes.map((code) => VALUES[code]));
        fc.assert(fc.property(fc.array(row, { minLength: 200, maxLength: 300 }), (cases) => expectAsBatch(call, codes, resultCode, cases)), { numRuns: 3 }); // prettier-ignore
      });
    }
  }
  test('for all signatures of numbers that the reference DLLs have', () => {
    expect(functions).toBeGreaterThan(50);
  });
});

describe('every kind of number crosses bit for bit', () => {
  /** Extremes by their bits, so that no conversion can hide. */
  const patterns = (width: number): Uint8Array => {
    const words = [0n, 1n, 0x7fn, 0x80n, 0xffn, 0x7fffn, 0x8000n, 0xffffn, 0x7fff_ffffn, 0x8000_0000n, 0xffff_ffffn, 1n << 63n, (1n << 63n) - 1n, (1n << 64n) - 1n, 0x7ff8_0000_dead_beefn, 0xfff8_1234_5678_9abcn, 0x7fc0_beefn, 0xffc0_0001n, 0x7ff0_0000_0000_0000n, 0x7f80_0000n]; // prettier-ignore
    const view = new DataView(new ArrayBuffer(words.length * 8));
    words.forEach((word, i) => view.setBigUint64(i * 8, word, true));
    return new Uint8Array(Array.from({ length: words.length }, (_, i) => [...new Uint8Array(view.buffer, i * 8, width)]).flat()); // prettier-ignore
  };

  for (const [key, code] of [
    ['int8', 'int8'],
    ['uint8', 'uint8'],
    ['int16', 'int16'],
    ['uint16', 'uint16'],
    ['int32', 'int32'],
    ['uint32', 'uint32'],
    ['int64', 'int64'],
    ['uint64', 'uint64'],
    ['float', 'float'],
    ['double', 'double'],
    ['wchar', 'uint16'],
  ] as const) {
    // prettier-ignore
    test(`${key}, there and back`, ({ load }) => {
      const Kind = ARRAYS[code];
      const values = new Kind(patterns(Kind.BYTES_PER_ELEMENT).buffer as ArrayBuffer);
      const found = (load(basics)[key] as unknown as Callable).columns(values);
      expect(found.isNative).toBe(true);
      expect(found.results).toBeInstanceOf(Kind);
      expect(bits(found.results as NumericArray)).toEqual(bits(values));
    });
  }

  test('signalling NaNs too, where no x87 unit is in between', ({ load }) => {
    const values = new BigUint64Array([0x7ff0_0000_0000_0001n, 0xfff7_ffff_ffff_ffffn, 1n << 63n]);
    const { results } = load(basics).double.columns(new Float64Array(values.buffer));
    const quiet = isIa32 ? 1n << 51n : 0n;
    expect(new BigUint64Array(results.buffer)).toEqual(BigUint64Array.from(values, (bit) => (bit === 1n << 63n ? bit : bit | quiet))); // prettier-ignore
  });

  test('bool, from bytes and from booleans', ({ load }) => {
    const { negate } = load(calls);
    expect(negate.columns(new Uint8Array([0, 1, 2, 255])).results).toEqual(new Uint8Array([1, 0, 0, 0]));
    expect(negate.columns([true, false]).results).toEqual(new Uint8Array([0, 1]));
    expect(negate.columns(true, { rows: 2 }).results).toEqual(new Uint8Array(2));
  });

  test('-0, which a plain array has too', ({ load }) => {
    const { results } = load(basics).double.columns([-0, 0, NaN]);
    expect(results).toEqual(new Float64Array([-0, 0, NaN]));
  });
});

describe('a column', () => {
  test('may be any typed array whose elements fit, or a plain one', ({ load }) => {
    const { addDouble, add, int64, float } = load(basics);
    const sums = new Float64Array([2, 4, 258]);
    for (const Kind of [Uint8Array, Uint16Array, Int16Array, Uint32Array, Int32Array, Float32Array, Float64Array]) {
      expect(addDouble.columns(new Kind([1, 2, 129]), new Kind([1, 2, 129])).results).toEqual(sums);
    }
    expect(add.columns(new Float64Array([1, 2]), new Int8Array([-1, -2])).results).toEqual(new Int32Array(2));
    expect(int64.columns(new Int32Array([-1, 5])).results).toEqual(new BigInt64Array([-1n, 5n]));
    expect(int64.columns([1, 2n ** 62n]).results).toEqual(new BigInt64Array([1n, 2n ** 62n]));
    expect(float.columns(new Float64Array([0.1])).results).toEqual(new Float32Array([0.1]));
  });

  test('may begin in the middle of its buffer', ({ load }) => {
    const values = new Float64Array([1, 2, 3, 4]).subarray(1, 3);
    expect(load(basics).addDouble.columns(values, values).results).toEqual(new Float64Array([4, 6]));
  });

  test('may be one value for all rows', ({ load }) => {
    const { addDouble } = load(basics);
    const { results } = addDouble.columns(Float64Array.from({ length: 3000 }, (_, i) => i), 0.5); // prettier-ignore
    expect(results).toEqual(Float64Array.from({ length: 3000 }, (_, i) => i + 0.5));
    expect(addDouble.columns(1, 2).results).toEqual(new Float64Array([3]));
    expect(addDouble.columns(1, 2, { rows: 5000 }).results).toEqual(new Float64Array(5000).fill(3));
    expect(load(numbers).none.columns({ rows: 3 }).results).toEqual(new Int32Array(3).fill(42));
  });

  test('may be empty, and then nothing is called', ({ load }) => {
    const { countedThird, callsSoFar } = load(numbers);
    callsSoFar(1);
    const found = countedThird.columns(new Float64Array(0), 0);
    expect(found).toMatchObject({ length: 0, faults: 0, fpuChanged: false, results: new Float64Array(0) });
    expect(callsSoFar(0)).toBe(0);
    expect(() => found.kindAt(0)).toThrow('there are 0 rows and none with index 0');
  });

  test('of another length than the others is refused', ({ load }) => {
    const { add, length } = load(basics);
    const mismatch = /"b" of add has another number of rows than "a" of add \(wanted 3 rows, given 2 rows\) \[ARGUMENT_COUNT\]/; // prettier-ignore
    expect(() => add.columns(new Int32Array(3), new Int32Array(2))).toThrow(mismatch);
    expect(() => add.columns(new Int32Array(3), 1, { rows: 2 })).toThrow('than `rows` (wanted 2 rows, given 3 rows)');
    expect(() => length.columns(['a', 'b'], { rows: 1 })).toThrow('ARGUMENT_COUNT');
    expect(() => add.columns(...([new Int32Array(3)] as never))).toThrow('add was called with the wrong number of arguments (wanted 2 arguments, given 1 argument)'); // prettier-ignore
  });

  test('with a value that does not fit is refused, and the row named, before anything is called', ({ load }) => {
    const { countedThird, callsSoFar } = load(numbers);
    callsSoFar(1);
    expect(() => countedThird.columns([1, 2], new Float64Array([0, 0.5]))).toThrow(/row 1 of "how" of counted_third is of type int and needs a whole number from -2147483648 to 4294967295, not 0.5 \[ARGUMENT_RANGE\]/); // prettier-ignore
    expect(() => countedThird.columns(['1' as never], 0)).toThrow(/row 0 of "value" of counted_third is of type double and needs a number, not the string "1" \[ARGUMENT_TYPE\]/); // prettier-ignore
    expect(() => countedThird.columns(new BigInt64Array(1) as never, 0)).toThrow(/a number, not the bigint 0 \[ARGUMENT_TYPE\]/); // prettier-ignore
    expect(() => countedThird.columns([1], new DataView(new ArrayBuffer(8)) as never)).toThrow(/"how" of counted_third .* not a DataView \[ARGUMENT_TYPE\]/); // prettier-ignore
    expect(() => load(basics).uint8.columns(new Int32Array([1, 256]))).toThrow('row 1 of "value" of echo_uint8');
    expect(callsSoFar(0)).toBe(0);
  });
});
