import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pointer } from 'dllparity';
import { describe, expect, library, test as base } from 'dllparity';
import { bootForWorker } from '../../../vitest/fixtures/test.ts';
import { basics, calls, HOW, misbehave, referenceDll } from '../../reference-dlls.ts';
import { makeAssembly } from '../../dotnet-assembly.ts';
import { isRunning, processesOf, signalLater, ticks } from './processes.ts';

/** An agent of this file's own: its calls may take no longer than half a second. */
const test = base.extend('mortal', { scope: 'file' }, async ({ config }, { onCleanup }) => {
  const agent = await bootForWorker({ ...config, callTimeoutMs: 500, bootTimeoutMs: 5000 });
  onCleanup(() => agent.close());
  return agent;
});

describe('a process that ends in a call', () => {
  test('by exit: the outcome has its code, and the next call works in another one', ({ mortal }) => {
    const { exit, add } = mortal.load(basics);
    const { greeting } = { greeting: mortal.load(basics).greeting };
    const { generation, pid } = mortal;
    expect(exit.outcome(42)).toMatchObject({ kind: 'exited', function: 'basics.dll!exit_process', code: 42, signal: null });
    expect([add(2, 3), greeting()]).toEqual([5, 'hello from basics']);
    expect(mortal.generation).toBe(generation + 1);
    expect(mortal.pid).not.toBe(pid);
  }); // prettier-ignore

  test('by TerminateProcess: the same', ({ mortal }) => {
    expect(mortal.load(misbehave).terminateProcess.outcome(7)).toMatchObject({ kind: 'exited', code: 7 });
    expect(mortal.load(basics).add(2, 3)).toBe(5);
  });

  test('as a plain call: an error that names function and code', ({ mortal }) => {
    expect(() => mortal.load(basics).exit(3)).toThrow(/basics\.dll!exit_process the process ended with code 3 \[CALL_DID_NOT_RETURN\]/);
    expect(mortal.load(basics).add(2, 3)).toBe(5);
  }); // prettier-ignore

  test('by kill -9: the outcome has the signal', ({ mortal }) => {
    signalLater(mortal.pid!, 'KILL', 200);
    const outcome = mortal.load(basics).sleep.outcome(400);
    expect(outcome).toMatchObject({ kind: 'exited', function: 'basics.dll!sleep_ms', code: null, signal: 9 });
    expect(outcome.durationMs).toBeLessThan(400);
    expect(mortal.load(basics).add(2, 3)).toBe(5);
  });

  test('by kill -9 in a batch: that case has the outcome, and the rest goes on', ({ mortal }) => {
    signalLater(mortal.pid!, 'KILL', 350);
    const { generation } = mortal;
    const batch = mortal.load(basics).sleep.batch(Array.from({ length: 8 }, () => [100] as const));
    const outcomes = Array.from({ length: 8 }, (_, i) => batch.outcome(i));
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['exited', ...Array.from({ length: 7 }, () => 'returned')]);
    expect(outcomes.find(({ kind }) => kind === 'exited')).toMatchObject({ signal: 9 });
    expect(mortal.generation).toBe(generation + 1);
  }); // prettier-ignore

  test('while nobody calls: the next call works in another one, and is not blamed', async ({ mortal }) => {
    const { add } = mortal.load(basics);
    add(1, 1);
    process.kill(mortal.pid!, 'SIGKILL');
    await sleep(100);
    expect(add.outcome(2, 3)).toMatchObject({ kind: 'returned', result: 5 });
    const [late, ...others] = mortal.takeLateFaults();
    expect(late).toMatchObject({ signal: 9, fault: null });
    expect(late?.suspects[0]).toMatchObject({
      function: 'basics.dll!add',
      arguments: [1, 1],
      replayed: 'not replayed',
    });
    expect(others).toEqual([]);
  });
});

describe('a call that does not return', () => {
  for (const [what, how] of [['sleeps', HOW.sleep], ['spins', HOW.loop]] as const) {
    test(`because it ${what}: it is ended at the limit, and the next call works`, async ({ mortal }) => {
      mortal.load(misbehave).countUp(); // so that there is a process
      const { pid } = mortal;
      const outcome = mortal.load(misbehave).maybe.outcome(1, how);
      expect(outcome).toMatchObject({ kind: 'timed-out', limitMs: 500, function: 'misbehave.dll!maybe' });
      expect(outcome.durationMs).toBeGreaterThanOrEqual(500);
      expect(outcome.durationMs).toBeLessThan(700);
      await expect.poll(() => isRunning(pid!)).toBe(false);
      expect(mortal.load(basics).add(2, 3)).toBe(5);
    });
  } // prettier-ignore

  test('because its thread has ended: the same', ({ mortal }) => {
    expect(mortal.load(misbehave).endThread.outcome()).toMatchObject({ kind: 'timed-out' });
    expect(mortal.load(basics).add(2, 3)).toBe(5);
  });

  test('in a batch: that case has the outcome, and the rest goes on', ({ mortal }) => {
    const batch = mortal.load(misbehave).maybe.batch([[1, 0], [2, HOW.loop], [3, 0]]); // prettier-ignore
    expect([0, 1, 2].map((i) => batch.outcome(i))).toMatchObject([{ result: 2 }, { kind: 'timed-out' }, { result: 6 }]);
  });

  test('a batch that takes longer than a call may is no hang', ({ mortal }) => {
    const { generation } = mortal;
    const batch = mortal.load(basics).sleep.batch(Array.from({ length: 15 }, () => [50] as const));
    expect(Array.from({ length: 15 }, (_, i) => batch.outcome(i).kind)).toEqual(Array.from({ length: 15 }, () => 'returned'));
    expect(mortal.generation).toBe(generation);
  }); // prettier-ignore

  test('a DLL that hangs while it is loaded is given up, and another can be loaded', ({ mortal }) => {
    const hanging = library(referenceDll('hangs_on_load.dll'), { one: 'int one(void)' });
    expect(() => mortal.load(hanging)).toThrow(/the agent did not answer while the harness was loading a library/);
    expect(mortal.load(basics).add(2, 3)).toBe(5);
  });
});

describe('after a restart', () => {
  test('the state of a DLL is new', ({ mortal }) => {
    const { countUp, endProcess } = mortal.load(misbehave);
    countUp();
    expect(countUp()).toBeGreaterThan(1);
    endProcess.outcome(0);
    expect(countUp()).toBe(1);
  });

  test('a pointer from before is refused', ({ mortal }) => {
    const { pointAtOwn, echoPointer } = mortal.load(calls);
    const text = [null] as (Pointer | null)[];
    pointAtOwn(text);
    expect(text[0]?.text()).toBe('own');
    mortal.load(misbehave).endProcess.outcome(0);
    mortal.load(basics).add(1, 1);
    expect(() => text[0]?.text()).toThrow(/belongs to an agent process that has ended.*AGENT_GONE/);
    expect(() => echoPointer(text[0]!)).toThrow('AGENT_GONE');
  });
});

describe('an idle agent', () => {
  test('uses no processor, nor does its host', async ({ mortal }) => {
    mortal.load(basics).add(1, 1);
    await sleep(100);
    const [before, host] = [ticks(mortal.pid!), process.cpuUsage()];
    await sleep(1000);
    expect(ticks(mortal.pid!) - before).toBeLessThanOrEqual(1);
    const { user, system } = process.cpuUsage(host);
    expect((user + system) / 1000).toBeLessThan(100);
  });
});

describe('the wire', () => {
  test('has no names: nothing lies in shared memory, nor beside the prefix', ({ mortal }) => {
    mortal.load(basics).add(1, 1);
    expect(readdirSync('/dev/shm').filter((name) => name.includes(`dllparity-${process.pid.toString()}-`))).toEqual([]);
    expect(readdirSync(join(mortal.prefix, '..')).sort()).toEqual(['disk', 'prefix']);
  });
});

describe('two agents', () => {
  test('do not disturb each other', async ({ mortal }) => {
    const other = await bootForWorker({});
    try {
      const [here, there] = [mortal.load(misbehave), other.load(misbehave)];
      here.endProcess.outcome(0);
      there.countUp();
      for (let i = 0; i < 100; i++) {
        expect(here.countUp()).toBe(i + 1);
        expect(there.countUp()).toBe(i + 2);
      }
      expect(other.prefix).not.toBe(mortal.prefix);
      here.endProcess.outcome(0);
      expect(there.countUp()).toBe(102);
      expect(other.generation).toBe(1);
    } finally {
      await other.close();
    }
    expect(processesOf(other.prefix)).toEqual([]);
    expect(mortal.load(basics).add(2, 3)).toBe(5);
  });
});

describe('libraries', () => {
  test('a DLL that is nowhere is an error that says what was not found', ({ mortal }) => {
    expect(() => mortal.load(library('no-such-thing.dll', {}))).toThrow(/no-such-thing\.dll could not be loaded: the DLL, or one it depends on, was not found/);
    expect(() => mortal.load(library('/no/such/thing.dll', {}))).toThrow('DLL_NOT_FOUND');
  }); // prettier-ignore

  test('a DLL for another processor is an error that names both', ({ mortal, onTestFinished }) => {
    const folder = mkdtempSync(join(tmpdir(), 'dllparity-arm64-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const bytes = readFileSync(referenceDll('basics.dll'));
    bytes.writeUInt16LE(0xaa64, bytes.readUInt32LE(0x3c) + 4); // the machine in the PE header
    const file = join(folder, 'basics-arm64.dll');
    writeFileSync(file, bytes);
    expect(() => mortal.load(library(file, {}))).toThrow(/built for arm64, and the agent runs as (x64|ia32).*DLL_WRONG_ARCHITECTURE/);
  }); // prettier-ignore

  test('an assembly of .NET is an error that says what it is', ({ mortal, onTestFinished }) => {
    const folder = mkdtempSync(join(tmpdir(), 'dllparity-net-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = makeAssembly(folder);
    expect(() => mortal.load(library(file, {}))).toThrow(/is a \.NET assembly.*DLL_LOAD_FAILED\]\n {2}at .*basics-net\.dll\n {2}next: /);
    const found = library('basics-net.dll', {});
    expect(() => mortal.load(found, file)).toThrow('.NET assembly');
    expect(mortal.load(basics).add(2, 3)).toBe(5);
  }); // prettier-ignore

  test('a file that is no DLL is an error', ({ mortal }) => {
    expect(() => mortal.load(library(import.meta.filename, {}))).toThrow('DLL_LOAD_FAILED');
  });

  test('a DLL whose DllMain refuses is an error that says so', ({ mortal }) => {
    expect(() => mortal.load(library(referenceDll('refuses_to_load.dll'), {}))).toThrow(/its DllMain reported failure.*DLL_LOAD_FAILED/);
  }); // prettier-ignore

  test('an errno function that is not exported is an error', ({ mortal }) => {
    expect(() => mortal.load(library(referenceDll('basics.dll'), {}, { errno: 'nope' }))).toThrow(/basics\.dll does not export nope.*EXPORT_NOT_FOUND/);
  }); // prettier-ignore
});
