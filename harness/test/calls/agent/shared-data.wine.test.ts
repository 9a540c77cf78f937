// The page at 0x7ffe0000, in which every system tells processes of itself and of the processor. Wine's own wineboot fills it where
// there are services, and elsewhere the agent does.
import { type Agent, describe, expect, library, test } from 'dllparity';
import { bootForWorker } from '../../../vitest/fixtures/test.ts';

const PAGE = 0x7ffe0000;
const PAGE_BYTES = 4096;
/** KUSER_SHARED_DATA: clocks, which are never twice the same. */
const CLOCKS = [
  { at: 0x000, bytes: 4 }, // TickCountLowDeprecated
  { at: 0x008, bytes: 0x28 }, // InterruptTime, SystemTime, TimeZoneBias
  { at: 0x320, bytes: 16 }, // TickCount
];

const kernel32 = library('kernel32.dll', {
  copy: 'void __stdcall RtlMoveMemory(_Out_writes_bytes_(bytes) uint8_t *to, uintptr_t from, size_t bytes)',
  hasFeature: 'int __stdcall IsProcessorFeaturePresent(unsigned feature)',
});

/** What is written there, by offset, without clocks. */
function pageOf(agent: Agent): Map<string, number> {
  const page = new Uint8Array(PAGE_BYTES);
  agent.load(kernel32).copy(page, PAGE, PAGE_BYTES);
  for (const { at, bytes } of CLOCKS) page.fill(0, at, at + bytes);
  return new Map([...page.entries()].filter(([, byte]) => byte !== 0).map(([at, byte]) => [at.toString(16), byte]));
}

describe('what the system tells of itself and of the processor', () => {
  test('is what Wine tells with services', async () => {
    await using agent = await bootForWorker({});
    await using withServices = await bootForWorker({ services: true });
    expect(pageOf(agent)).toEqual(pageOf(withServices));
  });

  test('is there in each process: SSE2, and how to end at once', async () => {
    await using agent = await bootForWorker({});
    const answers = () => [10, 23, 1].map((feature) => agent.load(kernel32).hasFeature(feature));
    expect(answers()).toEqual([1, 1, 0]);
    agent.renew();
    expect(answers()).toEqual([1, 1, 0]);
  });
});
