import { describe, expect, it } from 'vitest';
import { seccompFilter } from '../../runtime/seccomp-filter.ts';
import { ABSENT, FORBIDDEN } from '../../runtime/system-calls.ts';

const ARCHITECTURES = { x64: 0xc000003e, i386: 0x40000003 } as const;
const ALLOWED = 0x7fff0000;
const EPERM = 0x00050001;
const ENOSYS = 0x00050026;
const EAFNOSUPPORT = 0x00050061;

/** Runs the program as the system does: over the number of the call, its architecture and its arguments. */
function answer(program: Buffer, architecture: number, number: number, ...args: readonly number[]): number {
  const data = Buffer.alloc(64);
  data.writeUInt32LE(number, 0);
  data.writeUInt32LE(architecture, 4);
  args.forEach((argument, index) => data.writeUInt32LE(argument >>> 0, 16 + index * 8));
  let loaded = 0;
  for (let at = 0, steps = 0; steps < 10_000; steps++) {
    const [code, ifTrue, ifFalse] = [program.readUInt16LE(at), program.readUInt8(at + 2), program.readUInt8(at + 3)];
    const operand = program.readUInt32LE(at + 4);
    at += 8;
    const jump = (holds: boolean): void => {
      at += (holds ? ifTrue : ifFalse) * 8;
    };
    if (code === 0x20) loaded = data.readUInt32LE(operand);
    else if (code === 0x15) jump(loaded === operand);
    else if (code === 0x35) jump(loaded >= operand);
    else if (code === 0x45) jump((loaded & operand) !== 0);
    else if (code === 0x05) at += operand * 8;
    else if (code === 0x06) return operand;
    else throw new Error(`no instruction 0x${code.toString(16)}`);
  }
  throw new Error('it does not end');
}

describe.each(['x64', 'i386'] as const)('the filter, for calls of %s', (name) => {
  const program = seccompFilter(true);
  const ask = (number: number, ...args: number[]): number => answer(program, ARCHITECTURES[name], number, ...args);
  const numbers = { x64: { read: 0, clone: 56, socket: 41, ioctl: 16, ptrace: 101 }, i386: { read: 3, clone: 120, socket: 359, ioctl: 54, ptrace: 26 } }[name]; // prettier-ignore

  it('refuses what Wine does not ask for', () => {
    for (const [call, number] of Object.entries(FORBIDDEN)) expect(ask(number[name]), call).toBe(EPERM);
    for (const [call, number] of Object.entries(ABSENT)) expect(ask(number[name]), call).toBe(ENOSYS);
  });

  it('lets everything else pass', () => {
    const refused = new Set([...Object.values(FORBIDDEN), ...Object.values(ABSENT)].map((each) => each[name]));
    const others = Array.from({ length: 460 }, (_, number) => number).filter((number) => !refused.has(number));
    const stopped = others.filter((number) => ask(number, 1) !== ALLOWED);
    expect(stopped).toEqual({ x64: [320], i386: [22, 25, 404, 405] }[name]);
    expect(ask(numbers.read)).toBe(ALLOWED);
    expect(ask(numbers.ptrace)).toBe(ALLOWED);
  });

  it('looks at what clone, socket and ioctl are asked for', () => {
    const CLONE_THREAD = 0x003d0f00;
    expect(ask(numbers.clone, CLONE_THREAD)).toBe(ALLOWED);
    expect(ask(numbers.clone, 0x11)).toBe(ALLOWED);
    for (const bit of [0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000]) {
      expect(ask(numbers.clone, bit | 0x11), bit.toString(16)).toBe(EPERM);
    }
    for (const family of [1, 2, 10, 16]) expect(ask(numbers.socket, family)).toBe(ALLOWED);
    for (const family of [0, 3, 15, 17, 31, 38, 40, 44]) expect(ask(numbers.socket, family)).toBe(EAFNOSUPPORT);
    expect(ask(numbers.ioctl, 0, 0x5412)).toBe(EPERM);
    expect(ask(numbers.ioctl, 0, 0x5413)).toBe(ALLOWED);
  });
});

describe('the filter', () => {
  it('knows no other way into the system', () => {
    const X32_READ = 0x40000000;
    expect(answer(seccompFilter(true), ARCHITECTURES.x64, X32_READ)).toBe(ENOSYS);
    expect(answer(seccompFilter(true), 0xc00000b7, 0)).toBe(ENOSYS);
  });

  it('closes the way of 32-bit programs where there are none', () => {
    expect(answer(seccompFilter(false), ARCHITECTURES.i386, 3)).toBe(ENOSYS);
    expect(answer(seccompFilter(false), ARCHITECTURES.x64, 0)).toBe(ALLOWED);
  });
});
