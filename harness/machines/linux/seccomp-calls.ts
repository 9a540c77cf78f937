// System calls of Linux that no program in the sandbox makes, with their numbers on x86-64 and i386.
// Measured on Wine 8 and 10, services, debugger and sockets included: of all that stands here Wine makes clone3 alone, for which its C library has another way.

/** Errors of Linux. */
export const ERRNO = { EPERM: 1, ENOSYS: 38, EAFNOSUPPORT: 97 } as const;

/** Numbers on x86-64 and i386; null where it has no such call. */
export type CallNumbers = readonly [x64: number | null, ia32: number | null];

/** Refused whatever its arguments. */
export interface RefusedCall {
  readonly name: string;
  readonly numbers: CallNumbers;
  readonly errno: number;
}

const refused = (errno: number, calls: Readonly<Record<string, CallNumbers>>): RefusedCall[] =>
  Object.entries(calls).map(([name, numbers]) => ({ name, numbers, errno }));

export const REFUSED_CALLS: readonly RefusedCall[] = [
  // Memory and files of other processes: Wine reads with ptrace, see below.
  ...refused(ERRNO.EPERM, {
    process_vm_readv: [310, 347],
    process_vm_writev: [311, 348],
    process_madvise: [440, 440],
    process_mrelease: [448, 448],
    pidfd_getfd: [438, 438],
    kcmp: [312, 349],
  }),
  // What is mounted where, and namespaces.
  ...refused(ERRNO.EPERM, {
    mount: [165, 21],
    umount: [null, 22],
    umount2: [166, 52],
    pivot_root: [155, 217],
    chroot: [161, 61],
    move_mount: [429, 429],
    fsopen: [430, 430],
    fsconfig: [431, 431],
    fsmount: [432, 432],
    fspick: [433, 433],
    open_tree: [428, 428],
    open_tree_attr: [467, 467],
    mount_setattr: [442, 442],
    unshare: [272, 310],
    setns: [308, 346],
    sethostname: [170, 74],
    setdomainname: [171, 121],
  }),
  // Files by handles, which know nothing of folders that cannot be seen.
  ...refused(ERRNO.EPERM, {
    open_by_handle_at: [304, 342],
    name_to_handle_at: [303, 341],
  }),
  // The kernel, its modules, its log, its devices.
  ...refused(ERRNO.EPERM, {
    kexec_load: [246, 283],
    kexec_file_load: [320, null],
    init_module: [175, 128],
    create_module: [174, 127],
    finit_module: [313, 350],
    delete_module: [176, 129],
    reboot: [169, 88],
    swapon: [167, 87],
    swapoff: [168, 115],
    acct: [163, 51],
    quotactl: [179, 131],
    quotactl_fd: [443, 443],
    nfsservctl: [180, 169],
    lookup_dcookie: [212, 253],
    syslog: [103, 103],
    vhangup: [153, 111],
    fanotify_init: [300, 338],
    uselib: [134, 86],
    iopl: [172, 110],
    ioperm: [173, 101],
    vm86: [null, 166],
    vm86old: [null, 113],
  }),
  // Programs ask whether the kernel has these. clone3 has its flags behind a pointer, where no filter sees them: the C library then uses clone.
  ...refused(ERRNO.ENOSYS, {
    add_key: [248, 286],
    request_key: [249, 287],
    keyctl: [250, 288],
    bpf: [321, 357],
    io_uring_setup: [425, 425],
    io_uring_enter: [426, 426],
    io_uring_register: [427, 427],
    userfaultfd: [323, 374],
    perf_event_open: [298, 336],
    clone3: [435, 435],
  }),
];

/** Those whose arguments decide. */
export const CHECKED_CALLS = {
  clone: [56, 120],
  socket: [41, 359],
  socketpair: [53, 360],
  socketcall: [null, 102],
  ioctl: [16, 54],
  personality: [135, 136],
  seccomp: [317, 354],
  ptrace: [101, 26],
} as const satisfies Readonly<Record<string, CallNumbers>>;
