// What the log says when a call goes wrong for what the agent has not been given.
import { type Agent, describe, expect, library, test } from 'dllparity';
import type { Log } from '../../../log/log.ts';
import { bootForWorker } from '../../../vitest/fixtures/test.ts';
import { referenceDll } from '../../reference-dlls.ts';
import { user32 } from './user32.ts';

const advapi32 = library('advapi32.dll', {
  openManager: 'void * __stdcall OpenSCManagerW(const wchar_t *machine, const wchar_t *database, unsigned access)',
});
const kernel32 = library('kernel32.dll', {
  drives: 'unsigned __stdcall GetLogicalDrives()',
  volume:
    'int __stdcall GetVolumeInformationW(const wchar_t *root, void *name, unsigned room, uint32_t *serial, void *longest, void *flags, void *system, unsigned systemRoom)',
  setError: 'void __stdcall SetLastError(unsigned error)',
  getError: 'unsigned __stdcall GetLastError()',
  moduleOf: 'void * __stdcall GetModuleHandleW(const wchar_t *name)',
  functionOf: 'void * __stdcall GetProcAddress(void *module, const char *name)',
});
const ws2 = library('ws2_32.dll', {
  startup: 'int __stdcall WSAStartup(unsigned short version, void *data)',
  socket: 'uintptr_t __stdcall socket(int family, int kind, int protocol)',
  connect: 'int __stdcall connect(uintptr_t socket, const void *address, int bytes)',
});
const asksServices = library(referenceDll('asks_services.dll'), { ask: 'int ask_services(int in_earnest)' });
const asksByName = library(referenceDll('asks_by_name.dll'), { ask: 'int ask_services_by_name()' });
const leftovers = library(referenceDll('faults_leftovers.dll'), { showBox: 'int show_message_box(int which)' });

const SC_MANAGER_CONNECT = 1;
/** 192.0.2.1 is nobody's (RFC 5737). */
const NOWHERE = Uint8Array.from([2, 0, 0, 80, 192, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0]);

/** The hints in the log of an agent: what failed, and the option that each names. */
function hints(log: Log, agent: Agent): string[] {
  return log.tail(agent.id).flatMap((line) => {
    const [, what, rest] = /WARN +host \S+ (\S+ (?:failed|left error \d+|waits for [^:]+)): (.*)$/.exec(line) ?? [];
    const option = /`(\w+): [^`]+`/.exec(rest ?? '')?.[1];
    return what === undefined ? [] : [`${what}: ${option ?? ''}`];
  });
}

describe('an agent without services', () => {
  test('is told of once, by the first call that fails for it', async ({ log }) => {
    await using agent = await bootForWorker({});
    const { openManager } = agent.load(advapi32);
    expect(openManager.outcome(null, null, SC_MANAGER_CONNECT)).toMatchObject({ result: null, lastError: 1722 });
    openManager(null, null, SC_MANAGER_CONNECT);
    expect(agent.load(kernel32).drives()).toBe(0);
    expect(hints(log, agent)).toEqual(['advapi32.dll!OpenSCManagerW failed: services']);
  });

  test('is told of when it is asked for a volume, and not when it is asked for one that nobody has', async ({
    log,
  }) => {
    await using agent = await bootForWorker({});
    const { volume } = agent.load(kernel32);
    const serial = new Uint32Array(1);
    expect(volume('D:\\', null, 0, serial, null, null, null, 0)).toBe(0);
    expect(hints(log, agent)).toEqual([]);
    expect(volume('C:\\', new Uint8Array(64), 32, serial, null, null, null, 0)).toBe(0);
    expect(hints(log, agent)).toEqual(['kernel32.dll!GetVolumeInformationW failed: services']);
  });

  test('is told of in a batch, and on a thread of its own', async ({ log }) => {
    await using one = await bootForWorker({});
    one.load(advapi32).openManager.batch([
      [null, null, SC_MANAGER_CONNECT],
      [null, null, SC_MANAGER_CONNECT],
    ]);
    await using other = await bootForWorker({});
    await other.load(advapi32).openManager.async(null, null, SC_MANAGER_CONNECT);
    const hint = 'advapi32.dll!OpenSCManagerW failed: services';
    expect([hints(log, one), hints(log, other)]).toEqual([[hint], [hint]]);
  });

  test('is told of when a DLL has asked by an import of its own', async ({ log }) => {
    await using agent = await bootForWorker({});
    const { ask } = agent.load(asksServices);
    agent.load(kernel32).setError(0);
    expect([ask(0), hints(log, agent)]).toEqual([0, []]);
    expect([ask(1), hints(log, agent)]).toEqual([0, ['asks_services.dll!ask_services left error 1722: services']]);
  });

  test('is told of when a DLL has asked by a name', async ({ log }) => {
    await using agent = await bootForWorker({});
    expect(agent.load(asksByName).ask()).toBe(0);
    expect(hints(log, agent)).toEqual(['asks_by_name.dll!ask_services_by_name left error 1722: services']);
  });

  test('is told of when the function was called by its pointer, and GetLastError is what it was', async ({ log }) => {
    await using agent = await bootForWorker({});
    agent.load(advapi32);
    const { moduleOf, functionOf, getError } = agent.load(kernel32);
    const pointer = functionOf(moduleOf('advapi32.dll'), 'OpenSCManagerW');
    const open = agent.bind(
      pointer,
      'void * __stdcall open(const void *machine, const void *database, unsigned access)',
    );
    expect(open(null, null, SC_MANAGER_CONNECT)).toBeNull();
    expect(getError()).toBe(1722);
    expect(hints(log, agent)).toEqual(['advapi32.dll!OpenSCManagerW failed: services']);
  });

  test('is told of in columns', async ({ log }) => {
    await using agent = await bootForWorker({});
    const { ask } = agent.load(asksServices);
    const { results } = ask.columns(Int32Array.of(0, 0, 1));
    expect([...results]).toEqual([0, 0, 0]);
    expect(hints(log, agent)).toEqual(['asks_services.dll!ask_services left error 1722: services']);
  });

  test('has them when it asks for them, and nothing is said', async ({ log }) => {
    await using agent = await bootForWorker({ services: true });
    const serial = new Uint32Array(1);
    expect(agent.load(advapi32).openManager(null, null, SC_MANAGER_CONNECT)).not.toBeNull();
    expect(agent.load(kernel32).volume('C:\\', new Uint8Array(64), 32, serial, null, null, null, 0)).toBe(1);
    expect(agent.load(kernel32).drives() & 4).toBe(4);
    expect(agent.load(asksServices).ask(1)).toBe(1);
    expect(hints(log, agent)).toEqual([]);
  });
});

describe('a window', () => {
  test('that nobody answers is told of, also where a DLL has opened it', async ({ log }) => {
    await using direct = await bootForWorker({ callTimeoutMs: 800 });
    expect(direct.load(user32).messageBox.outcome(null, 'press me', '', 0)).toMatchObject({
      kind: 'timed-out',
      thread: { state: 'waiting', systemCall: 'NtUserGetMessage' },
    });
    await using inside = await bootForWorker({ callTimeoutMs: 800 });
    expect(inside.load(leftovers).showBox.outcome(-1).kind).toBe('timed-out');
    expect([hints(log, direct), hints(log, inside)]).toEqual([
      ['user32.dll!MessageBoxW waits for input to a window: graphics'],
      ['faults_leftovers.dll!show_message_box waits for input to a window: graphics'],
    ]);
  });

  test('that cannot be made for want of a driver is told of, and GetLastError is what it was', async ({ log }) => {
    await using agent = await bootForWorker({ graphics: 'none' });
    const { createWindow } = agent.load(user32);
    const { getError } = agent.load(kernel32);
    const first = createWindow.outcome(0, 'STATIC', '', 0, 0, 0, 9, 9, null, null, null, null);
    expect(first).toMatchObject({ kind: 'returned', result: null });
    if (first.kind === 'returned') expect(getError()).toBe(first.lastError);
    expect(hints(log, agent)).toEqual(['user32.dll!CreateWindowExW failed: graphics']);
  });

  test('of a class that is not there is no matter of the display', async ({ log }) => {
    await using agent = await bootForWorker({});
    const { createWindow } = agent.load(user32);
    expect(createWindow(0, 'no such class', '', 0, 0, 0, 9, 9, null, null, null, null)).toBeNull();
    expect(hints(log, agent)).toEqual([]);
  });
});

describe('the network', () => {
  const connect = (agent: Agent): number => {
    const { startup, socket, connect: to } = agent.load(ws2);
    expect(startup(0x202, new Uint8Array(512))).toBe(0);
    return to(socket(2, 1, 0), NOWHERE, NOWHERE.length);
  };

  test('that the sandbox has not is told of', async ({ log, skip }) => {
    await using agent = await bootForWorker({});
    skip(!agent.sandboxState.sandbox, 'there is no sandbox');
    expect(connect(agent)).toBe(-1);
    expect(hints(log, agent)).toEqual(['ws2_32.dll!connect failed: sandbox']);
  });

  test('of the machine fails for reasons of its own', async ({ log }) => {
    await using agent = await bootForWorker({ sandbox: 'off', callTimeoutMs: 1000 });
    const { startup, socket, connect: to } = agent.load(ws2);
    startup(0x202, new Uint8Array(512));
    // Port 9 of this machine: nobody listens.
    const address = Uint8Array.from([2, 0, 0, 9, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(to(socket(2, 1, 0), address, address.length)).toBe(-1);
    expect(hints(log, agent)).toEqual([]);
  });
});
