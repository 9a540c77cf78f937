// The filter of system calls, run by a machine of our own, as the kernel does it.
import { describe, expect, test } from 'vitest';
import { CHECKED_CALLS, ERRNO, REFUSED_CALLS } from '../../../machines/linux/seccomp-calls.ts';
import { seccompFilter } from '../../../machines/linux/seccomp-filter.ts';

const X64 = 0xc000003e;
const IA32 = 0x40000003;
const ARM64 = 0xc00000b7;
const ALLOWED = 0;

/** The errno that a call gets, or 0. Throws at what the kernel would not load. */
function run(filter: Uint8Array, architecture: number, number: number, args: readonly bigint[] = []): number {
  const data = new DataView(new ArrayBuffer(64));
  data.setUint32(0, number, true);
  data.setUint32(4, architecture, true);
  for (const [index, value] of args.entries()) data.setBigUint64(16 + index * 8, BigInt.asUintN(64, value), true);
  const program = new DataView(filter.buffer, filter.byteOffset, filter.byteLength);
  let loaded = 0;
  for (let at = 0; ; at++) {
    const code = program.getUint16(at * 8, true);
    const [ifTrue, ifFalse] = [program.getUint8(at * 8 + 2), program.getUint8(at * 8 + 3)];
    const value = program.getUint32(at * 8 + 4, true);
    const jump = (holds: boolean): number => (holds ? ifTrue : ifFalse);
    if (code === 0x20) loaded = data.getUint32(value, true);
    else if (code === 0x05) at += value;
    else if (code === 0x15) at += jump(loaded === value);
    else if (code === 0x35) at += jump(loaded >= value);
    else if (code === 0x45) at += jump((loaded & value) !== 0);
    else if (code === 0x06) return verdict(value);
    else throw new Error(`instruction ${at.toString()} has the code ${code.toString(16)}`);
  }
}

function verdict(value: number): number {
  if (value === 0x7fff0000) return ALLOWED;
  if (value >>> 16 === 5) return value & 0xffff;
  throw new Error(`a verdict of ${value.toString(16)}`);
}

const both = seccompFilter(true);
const alone = seccompFilter(false);
const sides = [
  ['x64', X64, 0],
  ['ia32', IA32, 1],
] as const;

test('is whole instructions, few enough for a pipe and for the kernel', () => {
  expect(both.length % 8).toBe(0);
  expect(both.length / 8).toBeLessThan(4096);
  expect(both.length).toBeLessThan(65_536);
});

describe.each(sides)('of %s', (_, architecture, side) => {
  const call = (name: keyof typeof CHECKED_CALLS, ...args: (number | bigint)[]): number => {
    const number = CHECKED_CALLS[name][side];
    if (number === null) throw new Error(`${name} is no call of this architecture`);
    return run(both, architecture, number, args.map(BigInt));
  };

  test('every number below 1024 is refused by the table, checked, or allowed', () => {
    const checked = new Set<number | null>(Object.values(CHECKED_CALLS).map((numbers) => numbers[side]));
    const refused = new Map(REFUSED_CALLS.map(({ numbers, errno }) => [numbers[side], errno]));
    for (let number = 0; number < 1024; number++)
      if (!checked.has(number))
        expect(run(both, architecture, number), number.toString()).toBe(refused.get(number) ?? 0);
  });

  test('clone: threads and processes, no new namespaces', () => {
    expect(call('clone', 0x3d0f00)).toBe(ALLOWED); // What pthread_create asks for.
    expect(call('clone', 0x01200011)).toBe(ALLOWED); // fork
    for (const flag of [0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000])
      expect(call('clone', flag | 17), flag.toString(16)).toBe(ERRNO.EPERM);
    expect(call('clone', 0xdeadbeef_10000011n)).toBe(ERRNO.EPERM);
  });

  test('sockets: Unix, both internets, routes and devices', () => {
    for (const name of ['socket', 'socketpair'] as const) {
      for (let family = 0; family < 64; family++) {
        const expected = [1, 2, 10, 16].includes(family) ? ALLOWED : ERRNO.EAFNOSUPPORT;
        expect(call(name, family, 3, 0), family.toString()).toBe(expected);
      }
      for (let protocol = 0; protocol < 32; protocol++)
        expect(call(name, 16, 3, protocol)).toBe([0, 15].includes(protocol) ? ALLOWED : ERRNO.EAFNOSUPPORT);
      // The kernel looks at 32 bits.
      expect(call(name, 0x1_0000_0028n, 1, 0)).toBe(ERRNO.EAFNOSUPPORT);
    }
  });

  test('ioctl: nothing is typed into a terminal', () => {
    expect(call('ioctl', 0, 0x5401)).toBe(ALLOWED);
    expect(call('ioctl', 0, 0x5412)).toBe(ERRNO.EPERM);
    expect(call('ioctl', 0, 0xffffffff_00005412n)).toBe(ERRNO.EPERM);
    expect(call('ioctl', 0, 0x541c)).toBe(ERRNO.EPERM);
  });

  test('ptrace: what Wine reads memory with', () => {
    const allowed = Array.from({ length: 32 }, (_value, request) => request).filter((request) => call('ptrace', request) === ALLOWED);
    expect(allowed).toEqual([2, 3, 5, 6, 7, 16, 17]);
    expect(call('ptrace', 0x4206)).toBe(ERRNO.EPERM); // SEIZE
  }); // prettier-ignore

  test('personality: the usual one; seccomp: no listener', () => {
    expect([call('personality', 0), call('personality', 0xffffffff)]).toEqual([ALLOWED, ALLOWED]);
    expect(call('personality', 0x40000)).toBe(ERRNO.EPERM);
    expect(call('seccomp', 1, 0)).toBe(ALLOWED);
    expect(call('seccomp', 1, 8)).toBe(ERRNO.EPERM);
  });
});

test('refuses x32, other architectures, and ia32 where it is not needed', () => {
  expect(run(both, X64, 0x40000000 | 39)).toBe(ERRNO.ENOSYS);
  expect(run(both, ARM64, 172)).toBe(ERRNO.ENOSYS);
  expect([run(both, IA32, 20), run(alone, IA32, 20), run(alone, X64, 39)]).toEqual([ALLOWED, ERRNO.ENOSYS, ALLOWED]);
});
