import { type Agent, describe, expect, hresult, type Pointer, struct, test } from 'dllparity';
import { BLOB_IID, com, COUNTER_IID, IBlob, ICounter, UNKNOWN_IID } from './com.ts';

function create(agent: Agent): Pointer {
  const found: (Pointer | null)[] = [null];
  expect(agent.load(com).create(COUNTER_IID, found)).toBe(0);
  return found[0]!;
}

describe('an object', () => {
  test('counts its references, and ends with the last', ({ load, agent }) => {
    const { liveObjects, referencesOf } = load(com);
    const before = liveObjects();
    const place = create(agent);
    const counter = agent.com(place, ICounter);
    expect([liveObjects() - before, referencesOf(place)]).toEqual([1, 1]);
    expect([counter.AddRef(), counter.AddRef(), referencesOf(place)]).toEqual([2, 3, 3]);
    expect([counter.Release(), counter.Release(), counter.Release()]).toEqual([2, 1, 0]);
    expect(liveObjects()).toBe(before);
  });

  test('has methods with arguments and results of every kind', ({ agent }) => {
    const counter = agent.com(create(agent), ICounter);
    expect([counter.Add(10), counter.Add(-3)]).toEqual([10, 7]);
    expect(counter.Scale(0.5)).toBe(3.5);
    expect(counter.Weigh(1, 2, 3)).toBe(7 + 100 + 20_000 + 3_000_000);
    counter.Release();
  });

  test('has methods that return structs, as Microsoft\u2019s C++ compiler does', ({ agent }) => {
    const counter = agent.com(create(agent), ICounter);
    counter.Add(6);
    expect(counter.GetExtent(0.5)).toEqual({ width: 3, height: 0.5 });
    expect(counter.GetRecord(2n ** 60n)).toEqual({ weight: 3, id: 2n ** 60n });
    expect(counter.Add(1)).toBe(7);
    counter.Release();
  });

  test('calls back, and reports failure by HRESULT', ({ agent }) => {
    const counter = agent.com(create(agent), ICounter);
    const seen: number[] = [];
    expect(counter.Each(3, (value) => (seen.push(value), 100))).toBe(0);
    expect([seen, counter.Add(0)]).toEqual([[0, 1, 2], 300]);
    expect(counter.Each(0, null)).toBe(1);
    expect(hresult(counter.Fail())).toMatchObject({ hex: '0x80070005', failed: true, facility: 7, code: 5 });
    counter.Release();
  });
});

describe('QueryInterface', () => {
  test('leads to another interface of the same object, and back', ({ load, agent }) => {
    const { referencesOf, liveObjects } = load(com);
    const place = create(agent);
    const counter = agent.com(place, ICounter);
    const found: (Pointer | null)[] = [null];
    expect(counter.QueryInterface(BLOB_IID, found)).toBe(0);
    expect(referencesOf(place)).toBe(2);
    const blob = agent.com(found[0], IBlob);
    expect(blob.GetBufferSize()).toBe(16);
    expect([...blob.GetBufferPointer()!.bytes(16)]).toEqual(Array.from({ length: 16 }, (_, i) => 16 * i));
    const unknown: (Pointer | null)[] = [null];
    expect(blob.QueryInterface(UNKNOWN_IID, unknown)).toBe(0);
    expect(unknown[0]!.address).toBe(place.address);
    expect([blob.Release(), counter.Release(), agent.com(unknown[0], ICounter).Release()]).toEqual([2, 1, 0]);
    expect(liveObjects()).toBe(0);
  });

  test('for an interface that there is not fails', ({ agent }) => {
    const counter = agent.com(create(agent), ICounter);
    const found: (Pointer | null)[] = [null];
    const result = counter.QueryInterface({ ...COUNTER_IID, Data1: 1 }, found);
    expect(hresult(result)).toMatchObject({ hex: '0x80004002', failed: true });
    expect(found).toEqual([null]);
    counter.Release();
  });
});

describe('a method', () => {
  test('checks its arguments like a function', ({ agent }) => {
    const counter = agent.com(create(agent), ICounter);
    const untyped = counter as unknown as Record<'Add', (...args: unknown[]) => number>;
    expect(() => untyped.Add('one')).toThrow('ARGUMENT_TYPE');
    expect(() => untyped.Add()).toThrow('ARGUMENT_COUNT');
    expect(counter.Add(1)).toBe(1);
    counter.Release();
  });

  test('of what is no object is an error, and no crash', ({ agent }) => {
    const { generation } = agent;
    const nothing = agent.buffer(64);
    expect(() => agent.com(null, ICounter)).toThrow(/no object with the interface ICounter: its pointer is null/);
    expect(() => agent.bind(null, 'int (*)(int)')).toThrow(/is null/);
    expect(() => agent.com(nothing.pointer, ICounter)).toThrow(/is no object.*ICounter/s);
    nothing.pointer.write('void *', agent.pointer(16));
    expect(() => agent.com(nothing.pointer, ICounter)).toThrow(/ICounter/);
    expect(agent.generation).toBe(generation);
    nothing.release();
  });
});

test('an object may be the caller\u2019s: a table of callbacks', ({ load, agent }) => {
  const calls: unknown[] = [];
  const unused = agent.callback('int (__stdcall *)(void *self)', () => 0);
  const add = agent.callback(
    'int (__stdcall *)(void *self, int by)',
    (_self: unknown, by: number) => (calls.push(by), by + 1),
  );
  const release = agent.callback('ULONG (__stdcall *)(void *self)', () => (calls.push('released'), 5));
  const table = agent.buffer(16 * agent.pointerBytes);
  const methods = struct('methods', { QueryInterface: 'void *', AddRef: 'void *', Release: 'void *', Add: 'void *' });
  table.pointer.write(methods, {
    QueryInterface: unused.pointer,
    AddRef: unused.pointer,
    Release: release.pointer,
    Add: add.pointer,
  });
  expect(load(com).countWith({ methods: table.pointer }, 41)).toBe(42_005);
  expect(calls).toEqual([41, 'released']);
  for (const callback of [unused, add, release]) callback.release();
  table.release();
});
