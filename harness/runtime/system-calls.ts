// System calls of Linux that neither Wine nor a program that Wine runs makes, by their numbers (arch/x86/entry/syscalls in the kernel's
// source). A DLL that makes them does so by itself.
//
// What Wine makes stays, however it looks: its server reads and writes the memory of other processes of the prefix, and their debug
// registers, by ptrace and process_vm_writev (ReadProcessMemory, WriteProcessMemory, SetThreadContext), and its loader sets personality.

interface Numbers {
  readonly x64: number;
  readonly i386: number;
}

const call = (x64: number, i386: number): Numbers => ({ x64, i386 });

/** Answered with EPERM: no right. */
export const FORBIDDEN: Readonly<Record<string, Numbers>> = {
  acct: call(163, 51),
  adjtimex: call(159, 124),
  chroot: call(161, 61),
  clock_adjtime: call(305, 343),
  clock_settime: call(227, 264),
  delete_module: call(176, 129),
  fanotify_init: call(300, 338),
  finit_module: call(313, 350),
  init_module: call(175, 128),
  ioperm: call(173, 101),
  iopl: call(172, 110),
  kcmp: call(312, 349),
  kexec_load: call(246, 283),
  lookup_dcookie: call(212, 253),
  migrate_pages: call(256, 294),
  mount: call(165, 21),
  mount_setattr: call(442, 442),
  move_mount: call(429, 429),
  move_pages: call(279, 317),
  name_to_handle_at: call(303, 341),
  nfsservctl: call(180, 169),
  open_by_handle_at: call(304, 342),
  open_tree: call(428, 428),
  pidfd_getfd: call(438, 438),
  pivot_root: call(155, 217),
  process_madvise: call(440, 440),
  quotactl: call(179, 131),
  quotactl_fd: call(443, 443),
  reboot: call(169, 88),
  setdomainname: call(171, 121),
  sethostname: call(170, 74),
  setns: call(308, 346),
  settimeofday: call(164, 79),
  swapoff: call(168, 115),
  swapon: call(167, 87),
  syslog: call(103, 103),
  umount2: call(166, 52),
  unshare: call(272, 310),
  uselib: call(134, 86),
  vhangup: call(153, 111),
};

/** Only one of the two architectures has these. */
export const FORBIDDEN_ON: Readonly<Record<keyof Numbers, readonly number[]>> = {
  // kexec_file_load
  x64: [320],
  // umount, stime, clock_settime64, clock_adjtime64
  i386: [22, 25, 404, 405],
};

/** Answered with ENOSYS, as by a system that is older: who asks for these does without. */
export const ABSENT: Readonly<Record<string, Numbers>> = {
  add_key: call(248, 286),
  bpf: call(321, 357),
  // What it is asked for lies behind a pointer, which a filter cannot follow. The C library then calls clone.
  clone3: call(435, 435),
  fsconfig: call(431, 431),
  fsmount: call(432, 432),
  fsopen: call(430, 430),
  fspick: call(433, 433),
  io_uring_enter: call(426, 426),
  io_uring_register: call(427, 427),
  io_uring_setup: call(425, 425),
  keyctl: call(250, 288),
  memfd_secret: call(447, 447),
  perf_event_open: call(298, 336),
  request_key: call(249, 287),
  userfaultfd: call(323, 374),
};

/** Answered by what they are asked for. */
export const LOOKED_INTO = { clone: call(56, 120), ioctl: call(16, 54), socket: call(41, 359) } as const;

/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET: a process with namespaces of its own. */
export const CLONE_NAMESPACES = 0x7e020000;

/** TIOCSTI, TIOCLINUX: input for a terminal, as if somebody had typed it. */
export const TERMINAL_INPUT = [0x5412, 0x541c] as const;

/** AF_UNIX, AF_INET, AF_INET6, AF_NETLINK: Wine's server, Winsock, and the list of network interfaces. */
export const SOCKET_FAMILIES = [1, 2, 10, 16] as const;
