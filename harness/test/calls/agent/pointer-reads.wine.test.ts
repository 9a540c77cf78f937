import { describe, expect, library, struct, test } from 'dllparity';
import { referenceDll } from '../../reference-dlls.ts';

// Memory of the DLL's own process, which is not shared: kernel32's heap is one that any DLL may use.
const kernel = library(
  'kernel32.dll',
  {
    heap: 'void *GetProcessHeap(void)',
    allocate: 'void *HeapAlloc(void *heap, uint32_t flags, size_t bytes)',
    free: 'int HeapFree(void *heap, uint32_t flags, void *memory)',
    reserve: 'void *VirtualAlloc(void *at, size_t bytes, uint32_t type, uint32_t protection)',
  },
  { convention: 'stdcall' },
);
const MEM_COMMIT_RESERVE = 0x3000;
const PAGE_READWRITE = 4;
const PAGE = 4096;

describe('what lies behind a pointer', () => {
  test.for([0, 1, 62, 63, 64, 65, 127, 128, 129, 4095, 4096, 4097, 70_000])(
    'a text of %i bytes is read whole',
    (length, { agent }) => {
      const { heap, allocate, free } = agent.load(kernel);
      const memory = allocate(heap(), 8, length + 2 + 2 * length + 2);
      if (!memory) throw new Error('there is memory');
      const text = Array.from({ length }, (_, i) => String.fromCharCode(97 + (i % 26))).join('');
      if (length > 0) {
        memory.write(`char[${length.toString()}]`, text);
        memory.plus(length + 2).write(`wchar_t[${length.toString()}]`, text);
      }
      expect(memory.text()).toBe(text);
      expect(memory.plus(length + 2).wideText()).toBe(text);
      free(heap(), 0, memory);
    },
  );

  test('a text ends with the last readable byte, wherever it begins; one that goes on is an error', ({ agent }) => {
    const page = agent.load(kernel).reserve(null, PAGE, MEM_COMMIT_RESERVE, PAGE_READWRITE);
    if (!page) throw new Error('there is memory');
    page.write(`uint8_t[${PAGE.toString()}]`, new Uint8Array(PAGE).fill(0x78));
    page.write('uint8_t', 0, PAGE - 1);
    for (const length of [0, 1, 63, 64, 65, 4095]) expect(page.plus(PAGE - 1 - length).text()).toBe('x'.repeat(length));
    page.write('uint8_t', 0x78, PAGE - 1);
    expect(() => page.plus(PAGE - 10).text()).toThrow(/runs into memory that cannot be read/);
  });

  test('a struct that is not all there is an error, and the agent lives on', ({ agent }) => {
    const pair = struct('pair', { one: 'int64_t', other: 'int64_t' });
    const page = agent.load(kernel).reserve(null, PAGE, MEM_COMMIT_RESERVE, PAGE_READWRITE);
    if (!page) throw new Error('there is memory');
    page.plus(PAGE - 16).write(pair, { one: 1, other: -2 });
    expect(page.plus(PAGE - 16).read(pair)).toEqual({ one: 1, other: -2 });
    expect(page.plus(PAGE - 16).array(pair, 1)).toEqual([{ one: 1, other: -2 }]);
    expect(() => page.plus(PAGE - 8).read(pair)).toThrow(/cannot be read for the pair/);
    expect(() => page.plus(PAGE - 16).array(pair, 2)).toThrow(/cannot be read/);
    expect(() => {
      page.plus(PAGE - 8).write(pair, { one: 1 });
    }).toThrow(/cannot be written/);
    const basics = library(referenceDll('basics.dll'), { add: 'int add(int a, int b)' });
    expect(agent.load(basics).add(1, 2)).toBe(3);
  });
});
