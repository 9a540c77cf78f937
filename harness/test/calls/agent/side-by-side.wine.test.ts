// Agents of both architectures in one test: each has its own prefix, process, memory and state.
import { join } from 'node:path';
import { type Agent, bootAgent, describe, expect, library, sizeOf, struct, test } from 'dllparity';
import { listRuntimes, readInstallation } from '../../../machines/installation.ts';

const wide = listRuntimes().installed.find((id) => id.endsWith('-x64'));
const narrow = listRuntimes().installed.find((id) => id.endsWith('-ia32'));
const { notInstalled, cannotRun } = listRuntimes();
const reasons = [...notInstalled.map(({ id, command }) => ({ id, why: command })), ...cannotRun];
const reason = reasons.find(({ id }) => id.endsWith('-ia32'))?.why ?? '';

const basicsOf = (runtime: string) =>
  library(join(readInstallation(runtime).referenceDlls, 'basics.dll'), {
    add: 'int add(int a, int b)',
    int64: 'int64_t echo_int64(int64_t value)',
    callBack: 'int call_back(int (*callback)(int), int n)',
    length: 'unsigned length(const char *text)',
  });

async function both(run: (x64: Agent, ia32: Agent) => void | Promise<void>): Promise<void> {
  await using x64 = await bootAgent({ runtime: wide ?? '' });
  await using ia32 = await bootAgent({ runtime: narrow ?? '' });
  await run(x64, ia32);
}

// Once is enough: it takes both runtimes, whichever the other tests run on.
const isDefault = (process.env['DLLPARITY_RUNTIME'] ?? wide) === wide;

describe.skipIf(!isDefault)('agents of both architectures', () => {
  test.skipIf(narrow === undefined)(`call side by side${narrow === undefined ? ` (unsupported: ${reason})` : ''}`, () =>
    both((x64, ia32) => {
      expect([x64.pointerBytes, ia32.pointerBytes]).toEqual([8, 4]);
      const [a, b] = [x64.load(basicsOf(x64.runtime)), ia32.load(basicsOf(ia32.runtime))];
      for (let i = 0; i < 1000; i++) {
        expect(a.add(i, 1)).toBe(b.add(i, 1));
        expect(a.int64(2n ** 62n + BigInt(i))).toBe(b.int64(2n ** 62n + BigInt(i)));
      }
    }),
  );

  test.skipIf(narrow === undefined)('call each other through callbacks', () =>
    both((x64, ia32) => {
      const [a, b] = [x64.load(basicsOf(x64.runtime)), ia32.load(basicsOf(ia32.runtime))];
      // Each round goes from one process to the other and back.
      const down = (n: number): number => (n === 0 ? 0 : b.callBack((m) => a.callBack(down, m), n - 1));
      const alone = (n: number): number => a.callBack((m) => b.add(m, 1), n);
      expect(alone(5)).toBe(a.callBack((m) => m + 1, 5));
      expect(() => down(3)).not.toThrow();
    }),
  );

  test.skipIf(narrow === undefined)('keep asynchronous calls and pointers apart', () =>
    both(async (x64, ia32) => {
      const [a, b] = [x64.load(basicsOf(x64.runtime)), ia32.load(basicsOf(ia32.runtime))];
      const sums = await Promise.all([a.add.async(1, 2), b.add.async(3, 4), a.add.async(5, 6), b.length.async('four')]);
      expect(sums).toEqual([3, 7, 11, 4]);
      const buffer = ia32.buffer(16);
      expect(() => a.length(buffer.pointer)).toThrow(/belongs to .* another agent/);
    }),
  );
});

test('a layout follows the width of pointers, whatever runs', () => {
  const node = struct('node', { value: 'char', next: 'node *', count: 'size_t' });
  expect([sizeOf(node, 4), sizeOf(node, 8)]).toEqual([12, 24]);
});
