// The filter of system calls that bubblewrap loads before anything of a DLL runs: a program of classic BPF (linux/filter.h), which the
// system runs over each call (seccomp(2)).
import { closeSync, existsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { currentPlatform } from '../platform/index.ts';
import {
  ABSENT,
  CLONE_NAMESPACES,
  FORBIDDEN,
  FORBIDDEN_ON,
  LOOKED_INTO,
  SOCKET_FAMILIES,
  TERMINAL_INPUT,
} from './system-calls.ts';

type Architecture = 'x64' | 'i386';

/** One instruction: what to do, how far to jump when it holds and when it does not, and a number. */
type Instruction = readonly [code: number, ifTrue: number, ifFalse: number, number: number];

// BPF_LD | BPF_W | BPF_ABS; BPF_JMP with BPF_JEQ, BPF_JGE, BPF_JSET, all | BPF_K; BPF_RET | BPF_K.
const LOAD = 0x20;
const IF_EQUAL = 0x15;
const IF_AT_LEAST = 0x35;
const IF_ANY_BIT = 0x45;
const RETURN = 0x06;

const ALLOW = 0x7fff0000;
const refuse = (errno: number): number => 0x00050000 | errno;
const EPERM = 1;
const ENOSYS = 38;
const EAFNOSUPPORT = 97;

// struct seccomp_data.
const NUMBER_AT = 0;
const ARCHITECTURE_AT = 4;
const FIRST_ARGUMENT_AT = 16;
const SECOND_ARGUMENT_AT = 24;

// AUDIT_ARCH_X86_64, AUDIT_ARCH_I386; __X32_SYSCALL_BIT.
const ARCHITECTURES: Readonly<Record<Architecture, number>> = { x64: 0xc000003e, i386: 0x40000003 };
const X32_BIT = 0x40000000;

const INSTRUCTION_BYTES = 8;

/**
 * The program, as bubblewrap reads it.
 * @param has32Bit whether programs of 32 bits run in the prefix: otherwise their way into the system is closed, by which a DLL could
 * come around what is refused by its arguments
 */
export function seccompFilter(has32Bit: boolean): Buffer {
  const x64 = rulesFor('x64');
  const i386 = has32Bit ? rulesFor('i386') : [give(refuse(ENOSYS))];
  const program: Instruction[] = [
    [LOAD, 0, 0, ARCHITECTURE_AT],
    // Jumps are 255 instructions long at most: over one that goes on.
    [IF_EQUAL, 1, 0, ARCHITECTURES.x64],
    [0x05, 0, 0, x64.length + 2], // BPF_JMP | BPF_JA
    [LOAD, 0, 0, NUMBER_AT],
    [IF_AT_LEAST, 0, 1, X32_BIT],
    give(refuse(ENOSYS)),
    ...x64.slice(1),
    [IF_EQUAL, 1, 0, ARCHITECTURES.i386],
    give(refuse(ENOSYS)),
    ...i386,
  ];
  const bytes = Buffer.alloc(program.length * INSTRUCTION_BYTES);
  program.forEach(([code, ifTrue, ifFalse, number], index) => {
    const at = index * INSTRUCTION_BYTES;
    bytes.writeUInt16LE(code, at);
    bytes.writeUInt8(ifTrue, at + 2);
    bytes.writeUInt8(ifFalse, at + 3);
    bytes.writeUInt32LE(number, at + 4);
  });
  return bytes;
}

/** A pipe from which a program reads the filter for a prefix like this template. It is for one reader, and closed by the caller. */
export function filterPipe(template: string): number {
  const { read, write, inherited } = currentPlatform().createPipe();
  writeSync(write, seccompFilter(existsSync(join(template, 'drive_c/windows/syswow64'))));
  for (const end of [read, write]) closeSync(end);
  return inherited;
}

const give = (number: number): Instruction => [RETURN, 0, 0, number];

function rulesFor(architecture: Architecture): Instruction[] {
  const numbers = (calls: typeof FORBIDDEN): number[] => Object.values(calls).map((each) => each[architecture]);
  const refused = (number: number, errno: number): Instruction[] => [[IF_EQUAL, 0, 1, number], give(refuse(errno))];
  return [
    [LOAD, 0, 0, NUMBER_AT],
    ...[...numbers(FORBIDDEN), ...FORBIDDEN_ON[architecture]].flatMap((number) => refused(number, EPERM)),
    ...numbers(ABSENT).flatMap((number) => refused(number, ENOSYS)),
    ...lookInto(LOOKED_INTO.clone[architecture], FIRST_ARGUMENT_AT, [
      [IF_ANY_BIT, 0, 1, CLONE_NAMESPACES],
      give(refuse(EPERM)),
      give(ALLOW),
    ]),
    ...lookInto(LOOKED_INTO.ioctl[architecture], SECOND_ARGUMENT_AT, [
      ...TERMINAL_INPUT.flatMap((request) => refused(request, EPERM)),
      give(ALLOW),
    ]),
    ...lookInto(LOOKED_INTO.socket[architecture], FIRST_ARGUMENT_AT, [
      ...SOCKET_FAMILIES.flatMap((family): Instruction[] => [[IF_EQUAL, 0, 1, family], give(ALLOW)]),
      give(refuse(EAFNOSUPPORT)),
    ]),
    give(ALLOW),
  ];
}

/** For one call: loads the low half of an argument, and goes on with rules that all end with an answer. */
function lookInto(number: number, argumentAt: number, rules: readonly Instruction[]): Instruction[] {
  return [[IF_EQUAL, 0, rules.length + 1, number], [LOAD, 0, 0, argumentAt], ...rules];
}
