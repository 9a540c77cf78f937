// A filter of Linux's system calls for bubblewrap: a program for the kernel's classic BPF machine, as bytes of `struct sock_filter`.
import { CHECKED_CALLS, ERRNO, REFUSED_CALLS } from './seccomp-calls.ts';

/** How `struct seccomp_data` begins; then come six arguments of 8 bytes, the low half first. */
const DATA = { NUMBER: 0, ARCHITECTURE: 4, ARGUMENTS: 16 } as const;
const ARCHITECTURE = { x64: 0xc000003e, ia32: 0x40000003 } as const;
/** Numbers from here on are those of x32, which has pointers of 4 bytes and would pass by every other number. */
const X32_BIT = 0x40000000;
const CODE = { LOAD: 0x20, JUMP: 0x05, IF_EQUAL: 0x15, IF_AT_LEAST: 0x35, IF_ANY_BIT: 0x45, RETURN: 0x06 } as const;
const ALLOW = 0x7fff0000;
const REFUSE = 0x00050000;

// CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET.
const NEW_NAMESPACE = 0x00020000 | 0x02000000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000;
/**
 * Wine's server uses ptrace for other programs of Windows. ReadProcessMemory, WriteProcessMemory, debuggers and lists of modules fail without PEEKDATA,
 * POKEDATA, ATTACH or DETACH, on Wine 8 and 10; PEEKUSER, POKEUSER and CONT are for debug registers of threads that run.
 */
const PTRACE_OF_WINE = [2, 5, 16, 17, 3, 6, 7];
/** AF_UNIX, AF_INET and AF_INET6. */
const FAMILIES = [1, 2, 10];
const AF_NETLINK = 16;
/** NETLINK_ROUTE, for iphlpapi, and NETLINK_KOBJECT_UEVENT, for the bus of devices. */
const NETLINKS = [0, 15];
/** TIOCSTI and TIOCLINUX type into a terminal. */
const TYPING = [0x5412, 0x541c];
/** The usual one, and the question which it is. */
const PERSONALITIES = [0, 0xffffffff];
const SECCOMP_NEW_LISTENER = 8;

type Instruction = readonly [code: number, ifTrue: number, ifFalse: number, value: number];

const load = (offset: number): Instruction => [CODE.LOAD, 0, 0, offset];
const loadArgument = (index: number): Instruction => load(DATA.ARGUMENTS + index * 8);
const allow: Instruction = [CODE.RETURN, 0, 0, ALLOW];
const refuse = (errno: number): Instruction => [CODE.RETURN, 0, 0, REFUSE | errno];
/** Runs `then` when the loaded word is `value`; it ends with a return. */
const when = (code: number, value: number, then: readonly Instruction[]): Instruction[] => [
  [code, 0, then.length, value],
  ...then,
];
const whenOneOf = (values: readonly number[], then: Instruction): Instruction[] =>
  values.flatMap((value) => when(CODE.IF_EQUAL, value, [then]));

/** What decides about a call by its arguments. The kernel looks at the low half of each of these. */
const CHECKS: Readonly<Record<Exclude<keyof typeof CHECKED_CALLS, 'socketcall'>, readonly Instruction[]>> = {
  clone: [loadArgument(0), ...when(CODE.IF_ANY_BIT, NEW_NAMESPACE, [refuse(ERRNO.EPERM)]), allow],
  socket: sockets(),
  socketpair: sockets(),
  ioctl: [loadArgument(1), ...whenOneOf(TYPING, refuse(ERRNO.EPERM)), allow],
  personality: [loadArgument(0), ...whenOneOf(PERSONALITIES, allow), refuse(ERRNO.EPERM)],
  seccomp: [loadArgument(1), ...when(CODE.IF_ANY_BIT, SECCOMP_NEW_LISTENER, [refuse(ERRNO.EPERM)]), allow],
  ptrace: [loadArgument(0), ...whenOneOf(PTRACE_OF_WINE, allow), refuse(ERRNO.EPERM)],
};

function sockets(): Instruction[] {
  const netlink = [loadArgument(2), ...whenOneOf(NETLINKS, allow), refuse(ERRNO.EAFNOSUPPORT)];
  return [
    loadArgument(0),
    ...whenOneOf(FAMILIES, allow),
    ...when(CODE.IF_EQUAL, AF_NETLINK, netlink),
    refuse(ERRNO.EAFNOSUPPORT),
  ];
}

/** All calls of one architecture. The kernel works out once which numbers are allowed whatever their arguments: those cost nothing. */
function callsOf(architecture: 0 | 1): Instruction[] {
  const refused = REFUSED_CALLS.flatMap(({ numbers, errno }) => {
    const number = numbers[architecture];
    return number === null ? [] : when(CODE.IF_EQUAL, number, [refuse(errno)]);
  });
  const checked = Object.entries(CHECKS).flatMap(([name, check]) =>
    when(CODE.IF_EQUAL, CHECKED_CALLS[name as keyof typeof CHECKS][architecture], check),
  );
  return [load(DATA.NUMBER), ...(architecture === 0 ? whenX32() : []), ...refused, ...checked, allow];
}

const whenX32 = (): Instruction[] => when(CODE.IF_AT_LEAST, X32_BIT, [refuse(ERRNO.ENOSYS)]);

/** For one architecture, whose word is loaded. Conditions jump over 255 instructions at most, and this may be more. */
const section = (architecture: number, calls: readonly Instruction[]): Instruction[] => [
  [CODE.IF_EQUAL, 1, 0, architecture],
  [CODE.JUMP, 0, 0, calls.length],
  ...calls,
];

/**
 * What follows `--seccomp` in the file of that descriptor.
 *
 * @param ia32 whether there are 32-bit programs of Linux, such as Wine's for 32-bit DLLs. Without, every system call of theirs is refused:
 * their C library makes sockets by `socketcall`, whose arguments lie where no filter sees them, so with them every family of sockets can be had.
 */
export function seccompFilter(ia32: boolean): Uint8Array {
  const program: Instruction[] = [
    load(DATA.ARCHITECTURE),
    ...section(ARCHITECTURE.x64, callsOf(0)),
    ...(ia32 ? section(ARCHITECTURE.ia32, callsOf(1)) : []),
    refuse(ERRNO.ENOSYS),
  ];
  const bytes = new Uint8Array(program.length * 8);
  const view = new DataView(bytes.buffer);
  for (const [index, [code, ifTrue, ifFalse, value]] of program.entries()) {
    view.setUint16(index * 8, code, true);
    view.setUint8(index * 8 + 2, ifTrue);
    view.setUint8(index * 8 + 3, ifFalse);
    view.setUint32(index * 8 + 4, value, true);
  }
  return bytes;
}
