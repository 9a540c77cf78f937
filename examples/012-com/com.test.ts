import { type Agent, expect, hresult, type Pointer, test } from 'dllparity';
import { compiler, ID3DBlob, IID_IClassFactory, IID_ID3DBlob } from './blob.ts';

function create(agent: Agent, size: number) {
  const place: (Pointer | null)[] = [null];
  expect(agent.load(compiler).createBlob(size, place)).toBe(0);
  return agent.com(place[0], ID3DBlob);
}

test('a blob has bytes that are read and written', ({ agent }) => {
  const blob = create(agent, 16);
  expect(blob.GetBufferSize()).toBe(16);
  const bytes = blob.GetBufferPointer()!;
  bytes.write('char[16]', 'vertex shader');
  bytes.write('uint16_t', 0xfffe, 7);
  expect([bytes.text(), bytes.read('uint16_t', 7)]).toEqual(['vertex shader', 0xfffe]);
  expect(blob.Release()).toBe(0);
});

test('references are counted, by whoever has one', ({ agent }) => {
  const blob = create(agent, 1);
  expect([blob.AddRef(), blob.AddRef(), blob.Release(), blob.Release(), blob.Release()]).toEqual([2, 3, 2, 1, 0]);
});

test('QueryInterface leads from one interface to another', ({ agent }) => {
  const blob = create(agent, 8);
  const found: (Pointer | null)[] = [null];
  expect(blob.QueryInterface(IID_ID3DBlob, found)).toBe(0);
  const same = agent.com(found[0], ID3DBlob);
  expect(same.GetBufferPointer()?.address).toBe(blob.GetBufferPointer()?.address);
  expect([same.Release(), blob.Release()]).toEqual([1, 0]);
});

test('an interface that the object does not have is an HRESULT', ({ agent }) => {
  const blob = create(agent, 8);
  const result = blob.QueryInterface(IID_IClassFactory, [null]);
  expect(hresult(result)).toEqual({ hex: '0x80004002', failed: true, facility: 0, code: 0x4002 });
  blob.Release();
});
