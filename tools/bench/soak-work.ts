// What the soak does: a round of healthy calls of every kind, then something that goes wrong.
import { join } from 'node:path';
import type { Agent } from '../../harness/calls/agent/agent.ts';
import { library } from '../../harness/types/declare/library.ts';
import type { Installation } from '../../harness/machines/installation.ts';

type Dlls = ReturnType<typeof dllsOf>;

/** Calls to be made of an agent, and what they are made of. */
export interface SoakWork {
  /** Healthy calls; throws when any result is wrong. */
  healthy(agent: Agent): Promise<void>;
  /** Names of what goes wrong, in the order in which it is done. */
  readonly troubles: readonly string[];
  /** Does the trouble of this number; throws when its outcome is another than it should be. */
  trouble(agent: Agent, number: number): void;
}

function dllsOf({ referenceDlls }: Installation) {
  const dll = (name: string): string => join(referenceDlls, name);
  return {
    basics: library(dll('basics.dll'), {
      add: 'int add(int a, int b)',
      length: 'unsigned length(const char *text)',
      fill: 'void fill_ints(int *numbers, int n)',
      back: 'int call_back(int (*callback)(int), int n)',
    }),
    misbehave: library(dll('misbehave.dll'), {
      crashRead: 'int crash_read(uint64_t address)',
      crashWrite: 'void crash_write(uint64_t address)',
      crashExecute: 'void crash_execute(uint64_t address)',
      illegalInstruction: 'void illegal_instruction(void)',
      raiseCode: 'void raise_code(uint32_t code)',
      divide: 'int divide_ints(int a, int b)',
      overflowStack: 'int overflow_stack(int depth)',
      endProcess: 'void end_process(unsigned code)',
      terminateProcess: 'void terminate_process(unsigned code)',
      maybe: 'int maybe(int value, int how)',
    }),
    threads: library(dll('threads.dll'), { slow: 'int slow(int value, unsigned milliseconds)' }),
    escape: library(dll('escape.dll'), {
      startProgram: 'int64_t start_program(const wchar_t *program, const wchar_t *command)',
      takeMemory: 'int64_t take_memory(int64_t limit)',
    }),
  };
}

function expectThat(holds: boolean, what: string): void {
  if (!holds) throw new Error(`wrong: ${what}`);
}

async function healthyCalls(agent: Agent, dlls: Dlls): Promise<void> {
  const { add, length, fill, back } = agent.load(dlls.basics);
  for (let i = 0; i < 500; i++) expectThat(add(i, 1) === i + 1, 'add');
  for (let i = 0; i < 50; i++) expectThat(length('x'.repeat(i)) === i, 'length');
  const numbers = new Int32Array(100);
  for (let i = 0; i < 50; i++) fill(numbers, numbers.length);
  let called = 0;
  back((value) => {
    called++;
    return value;
  }, 3);
  expectThat(called > 0, 'call_back');
  const batch = add.batch(Array.from({ length: 200 }, (_, i) => [i, i] as const));
  for (let i = 0; i < 200; i++) expectThat(batch.outcome(i).kind === 'returned', 'batch');
  agent.buffer(65_536).release();
  const { slow } = agent.load(dlls.threads);
  const slept = await Promise.all([1, 2, 3].map((value) => slow.async(value, 1)));
  expectThat(slept.length === 3, 'async');
}

type Misbehave = (agent: Agent, dlls: Dlls) => { readonly kind: string };

const faulted =
  (call: Misbehave): Misbehave =>
  (agent, dlls) => {
    const outcome = call(agent, dlls);
    expectThat(outcome.kind === 'faulted', `faulted, and was ${outcome.kind}`);
    return outcome;
  };
const lost =
  (kind: 'exited' | 'timed-out', call: Misbehave): Misbehave =>
  (agent, dlls) => {
    const outcome = call(agent, dlls);
    expectThat(outcome.kind === kind, `${kind}, and was ${outcome.kind}`);
    return outcome;
  };

const TROUBLES: Readonly<Record<string, Misbehave>> = {
  read: faulted((agent, dlls) => agent.load(dlls.misbehave).crashRead.outcome(0n)),
  exit: lost('exited', (agent, dlls) => agent.load(dlls.misbehave).endProcess.outcome(0x1234_5678)),
  write: faulted((agent, dlls) => agent.load(dlls.misbehave).crashWrite.outcome(16n)),
  divide: faulted((agent, dlls) => agent.load(dlls.misbehave).divide.outcome(1, 0)),
  spin: lost('timed-out', (agent, dlls) => agent.load(dlls.misbehave).maybe.outcome(1, 4)),
  illegal: faulted((agent, dlls) => agent.load(dlls.misbehave).illegalInstruction.outcome()),
  raise: faulted((agent, dlls) => agent.load(dlls.misbehave).raiseCode.outcome(0xe123_4567)),
  terminate: lost('exited', (agent, dlls) => agent.load(dlls.misbehave).terminateProcess.outcome(9)),
  execute: faulted((agent, dlls) => agent.load(dlls.misbehave).crashExecute.outcome(16n)),
  batch: (agent, dlls) => {
    const batch = agent.load(dlls.misbehave).maybe.batch([[1, 0], [2, 1], [3, 2], [4, 0]]); // prettier-ignore
    const kinds = [0, 1, 2, 3].map((i) => batch.outcome(i).kind).join(' ');
    expectThat(kinds === 'returned faulted exited returned', `a batch, and it was ${kinds}`);
    return batch.outcome(0);
  },
  sleep: lost('timed-out', (agent, dlls) => agent.load(dlls.misbehave).maybe.outcome(1, 3)),
  stack: faulted((agent, dlls) => agent.load(dlls.misbehave).overflowStack.outcome(0)),
  memory: (agent, dlls) => agent.load(dlls.escape).takeMemory.outcome(BigInt(64 << 20)),
  child: (agent, dlls) => {
    agent.load(dlls.escape).startProgram('Z:\\bin\\sh', 'sh -c "sleep 600; true"');
    return agent.load(dlls.misbehave).endProcess.outcome(1);
  },
};

/** The work with the DLLs of one runtime. */
export function soakWork(installation: Installation): SoakWork {
  const dlls = dllsOf(installation);
  const troubles = Object.keys(TROUBLES);
  return {
    troubles,
    healthy: (agent) => healthyCalls(agent, dlls),
    trouble: (agent, number) => {
      TROUBLES[troubles[number % troubles.length] ?? '']?.(agent, dlls);
    },
  };
}
