// System calls of Linux that a DLL makes by itself, and those that Wine makes for ordinary programs.
import { afterAll, beforeAll, describe, expect, test } from 'dllparity';
import type { Agent } from '../../../agent.ts';
import { bootForWorker } from '../../../vitest/fixtures/test.ts';
import { installation } from '../../reference-dlls.ts';
import { hostileFiles, hostileLinux } from './hostile.ts';
import { ordinary } from './ordinary.ts';

const EPERM = -1;
const ENOSYS = -38;
const EAFNOSUPPORT = -97;
const NEW_USER = 0x10000000;

let agent: Agent;
beforeAll(async () => {
  agent = await bootForWorker({ sandbox: 'required', services: true, callTimeoutMs: 20_000 });
});
afterAll(() => agent.close());

/** What Linux answers. */
function linux(name: string, ...args: number[]): number {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = args;
  return Number(agent.load(hostileLinux).call(name, a, b, c, d, e, f));
}

describe('a DLL', () => {
  test('makes system calls of its own', () => {
    expect(linux('getpid')).toBeGreaterThan(1);
    expect(Number(agent.load(hostileLinux).openat('/etc/passwd', 0))).toBeGreaterThan(2);
    expect(linux('socket', 1, 1, 0)).toBeGreaterThan(2);
  });

  test.for([
    ['mount', 'umount2', 'pivot_root', 'chroot', 'unshare', 'setns', 'move_mount', 'fsopen', 'fsconfig', 'fsmount', 'fspick', 'open_tree', 'mount_setattr'], // prettier-ignore
    ['process_vm_readv', 'process_vm_writev', 'pidfd_getfd', 'open_by_handle_at', 'name_to_handle_at', 'sethostname'],
    ['kexec_load', 'init_module', 'finit_module', 'delete_module', 'reboot', 'swapon', 'swapoff', 'acct', 'quotactl'],
  ])('is refused %s', (names) => {
    for (const name of names) expect(linux(name), name).toBe(EPERM);
  });

  test('is told that there are no keys, no BPF, no io_uring, no userfaultfd, no events', () => {
    const names = ['keyctl', 'add_key', 'request_key', 'bpf', 'io_uring_setup', 'io_uring_enter', 'io_uring_register'];
    for (const name of [...names, 'userfaultfd', 'perf_event_open', 'clone3']) expect(linux(name), name).toBe(ENOSYS);
  });

  test('has no namespace of its own, by no call', () => {
    expect([linux('clone', NEW_USER | 17), linux('unshare', NEW_USER)]).toEqual([EPERM, EPERM]);
  });

  test('has sockets of the families that Wine has', () => {
    for (const family of [1, 2, 10]) expect(linux('socket', family, 1, 0), family.toString()).toBeGreaterThan(2);
    expect(linux('socket', 16, 3, 0)).toBeGreaterThan(2);
    // Packets, Bluetooth, algorithms of the kernel, virtual machines, XDP.
    for (const family of [17, 31, 38, 40, 44]) expect(linux('socket', family, 3, 0), family.toString()).toBe(EAFNOSUPPORT);
    expect(linux('socket', 16, 3, 9)).toBe(EAFNOSUPPORT);
  }); // prettier-ignore

  test('types into no terminal, and has no other personality', () => {
    expect([linux('ioctl', 0, 0x5412, 0), linux('ioctl', 0, 0x541c, 0), linux('personality', 0x40000)]).toEqual([
      EPERM,
      EPERM,
      EPERM,
    ]);
  });

  test('cannot get round it by the calls of the other architecture', () => {
    // x32: the numbers of x64 with a bit of their own.
    if (installation.architecture === 'x64') {
      const dll = agent.load(hostileLinux);
      expect(Number(dll.byNumber(0x40000000 + 272, NEW_USER, 0, 0, 0, 0, 0))).toBe(ENOSYS);
    }
  });

  test('opens what its own processes have open, and no memory outside', () => {
    expect(agent.load(hostileFiles).openDescriptors()).toBeGreaterThan(0);
  });
});

describe('Wine', () => {
  test('reads, writes and protects the memory of another process, and its registers', () => {
    const dll = agent.load(ordinary);
    expect([dll.childMemory(), dll.childRegisters(), dll.remoteThread()]).toEqual([1, 1, 1]);
  });

  test('suspends threads, lists processes, debugs one to its end', () => {
    const dll = agent.load(ordinary);
    expect([dll.ownThread(), dll.snapshot(), dll.debugChild()]).toEqual([1, 1, 1]);
  });

  test('connects to itself, knows its interfaces, runs its services', () => {
    const dll = agent.load(ordinary);
    for (const family of [2, 23]) for (const kind of [1, 2]) expect(dll.loopback(family, kind)).toBe(1);
    expect([dll.networkTables(), dll.services()]).toEqual([0, 1]);
  });
});
