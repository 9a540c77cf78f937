// Numbers of Linux's system calls by name: those of x86-64 in the DLL for x64, those of i386 in the one for ia32.
#ifndef LINUX_NUMBERS_H
#define LINUX_NUMBERS_H

#include <string.h>

#ifdef _WIN64
#define NUMBER(name, x64, ia32) {name, x64}
#else
#define NUMBER(name, x64, ia32) {name, ia32}
#endif

/* -1: this architecture has none. */
static const struct linux_number {
  const char *name;
  int number;
} linux_numbers[] = {
  NUMBER("acct", 163, 51),
  NUMBER("add_key", 248, 286),
  NUMBER("bpf", 321, 357),
  NUMBER("chmod", 90, 15),
  NUMBER("chroot", 161, 61),
  NUMBER("clone", 56, 120),
  NUMBER("clone3", 435, 435),
  NUMBER("close", 3, 6),
  NUMBER("delete_module", 176, 129),
  NUMBER("dup2", 33, 63),
  NUMBER("execve", 59, 11),
  NUMBER("exit", 60, 1),
  NUMBER("exit_group", 231, 252),
  NUMBER("fcntl", 72, 55),
  NUMBER("finit_module", 313, 350),
  NUMBER("fork", 57, 2),
  NUMBER("fsconfig", 431, 431),
  NUMBER("fsmount", 432, 432),
  NUMBER("fsopen", 430, 430),
  NUMBER("fspick", 433, 433),
  NUMBER("ftruncate", 77, 93),
  NUMBER("getdents64", 217, 220),
  NUMBER("getpid", 39, 20),
  NUMBER("getppid", 110, 64),
  NUMBER("init_module", 175, 128),
  NUMBER("io_uring_enter", 426, 426),
  NUMBER("io_uring_register", 427, 427),
  NUMBER("io_uring_setup", 425, 425),
  NUMBER("ioctl", 16, 54),
  NUMBER("kexec_load", 246, 283),
  NUMBER("keyctl", 250, 288),
  NUMBER("kill", 62, 37),
  NUMBER("link", 86, 9),
  NUMBER("memfd_create", 319, 356),
  NUMBER("mkdir", 83, 39),
  NUMBER("mknod", 133, 14),
  NUMBER("mmap", 9, 90),
  NUMBER("mount", 165, 21),
  NUMBER("mount_setattr", 442, 442),
  NUMBER("move_mount", 429, 429),
  NUMBER("mprotect", 10, 125),
  NUMBER("munmap", 11, 91),
  NUMBER("name_to_handle_at", 303, 341),
  NUMBER("nanosleep", 35, 162),
  NUMBER("open", 2, 5),
  NUMBER("open_by_handle_at", 304, 342),
  NUMBER("open_tree", 428, 428),
  NUMBER("openat", 257, 295),
  NUMBER("openat2", 437, 437),
  NUMBER("perf_event_open", 298, 336),
  NUMBER("personality", 135, 136),
  NUMBER("pidfd_getfd", 438, 438),
  NUMBER("pidfd_open", 434, 434),
  NUMBER("pivot_root", 155, 217),
  NUMBER("prctl", 157, 172),
  NUMBER("prlimit64", 302, 340),
  NUMBER("process_madvise", 440, 440),
  NUMBER("process_vm_readv", 310, 347),
  NUMBER("process_vm_writev", 311, 348),
  NUMBER("ptrace", 101, 26),
  NUMBER("quotactl", 179, 131),
  NUMBER("read", 0, 3),
  NUMBER("readlink", 89, 85),
  NUMBER("reboot", 169, 88),
  NUMBER("rename", 82, 38),
  NUMBER("request_key", 249, 287),
  NUMBER("sched_setaffinity", 203, 241),
  NUMBER("seccomp", 317, 354),
  NUMBER("sethostname", 170, 74),
  NUMBER("setns", 308, 346),
  NUMBER("setpriority", 141, 97),
  NUMBER("setrlimit", 160, 75),
  NUMBER("shmget", 29, 395),
  NUMBER("socket", 41, 359),
  NUMBER("socketcall", -1, 102),
  NUMBER("socketpair", 53, 360),
  NUMBER("statx", 332, 383),
  NUMBER("swapoff", 168, 115),
  NUMBER("swapon", 167, 87),
  NUMBER("symlink", 88, 83),
  NUMBER("tgkill", 234, 270),
  NUMBER("umount2", 166, 52),
  NUMBER("unlink", 87, 10),
  NUMBER("unshare", 272, 310),
  NUMBER("userfaultfd", 323, 374),
  NUMBER("vfork", 58, 190),
  NUMBER("write", 1, 4),
};

static inline int linux_number(const char *name) {
  for (unsigned i = 0; i < sizeof linux_numbers / sizeof linux_numbers[0]; i++)
    if (strcmp(linux_numbers[i].name, name) == 0) return linux_numbers[i].number;
  return -1;
}

#endif
