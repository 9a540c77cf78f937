// Any system call of Linux, by name; programs and processes.
#include "linux_calls.h"

/* -38 (ENOSYS) when there is no such call on this architecture. */
EXPORT int64_t linux_syscall(const char *name, int64_t a, int64_t b, int64_t c, int64_t d, int64_t e, int64_t f) {
  const int number = linux_number(name);
  return number < 0 ? -38 : linux_raw(number, (intptr_t)a, (intptr_t)b, (intptr_t)c, (intptr_t)d, (intptr_t)e, (intptr_t)f);
}

EXPORT int64_t linux_by_number(int64_t number, int64_t a, int64_t b, int64_t c, int64_t d, int64_t e, int64_t f) {
  return linux_raw((intptr_t)number, (intptr_t)a, (intptr_t)b, (intptr_t)c, (intptr_t)d, (intptr_t)e, (intptr_t)f);
}

/* A call whose first argument, or whose first two, are texts. */
EXPORT int64_t linux_path(const char *name, const char *path, int64_t b, int64_t c) { return LINUX(name, path, b, c); }
EXPORT int64_t linux_paths(const char *name, const char *first, const char *second) { return LINUX(name, first, second, 0); }
EXPORT int64_t linux_openat(const char *path, int64_t flags) { return LINUX("openat", -100, path, flags); }

EXPORT int64_t linux_read(const char *path, char *bytes, int n) {
  const intptr_t file = LINUX("open", path, O_READ | O_NO_WAIT, 0);
  if (file < 0) return file;
  const intptr_t result = LINUX("read", file, bytes, n);
  LINUX("close", file, 0, 0);
  return result;
}

EXPORT int64_t linux_write(const char *path, const char *bytes, int n) {
  const intptr_t file = LINUX("open", path, O_WRITE | O_MAKE | O_APPENDING | O_NO_WAIT, 0600);
  if (file < 0) return file;
  const intptr_t result = LINUX("write", file, bytes, n);
  LINUX("close", file, 0, 0);
  return result;
}

static void become(const char *program, const char *argument, const char *second) {
  const char *words[] = {program, argument, second, NULL};
  const char *environment[] = {"PATH=/usr/bin:/bin", NULL};
  LINUX("execve", program, words, environment);
  LINUX("exit_group", 127, 0, 0);
}

/* A process that stays for so long, at most, unless it is ended. Its number. */
EXPORT int64_t linux_fork(int milliseconds) {
  const intptr_t child = LINUX("fork", 0, 0, 0);
  if (child != 0) return child;
  linux_sleep_ms(milliseconds);
  LINUX("exit_group", 0, 0, 0);
  return 0;
}

/* Another program, such as /bin/sh -c ...; Wine knows nothing of it. Its number. */
EXPORT int64_t linux_start(const char *program, const char *argument, const char *second) {
  const intptr_t child = LINUX("fork", 0, 0, 0);
  if (child == 0) become(program, argument, second);
  return child;
}

/* This process becomes another program. */
EXPORT int64_t linux_become(const char *program, const char *argument, const char *second) {
  become(program, argument, second);
  return -1;
}

/* vfork and execve next to one another: the child runs on its parent's stack. */
EXPORT int64_t linux_vfork_start(const char *program, const char *argument, const char *second) {
  const char *words[] = {program, argument, second, NULL};
  const char *environment[] = {"PATH=/usr/bin:/bin", NULL};
  intptr_t child;
#ifdef _WIN64
  __asm__ volatile("syscall\n\ttestl %%eax, %%eax\n\tjnz 1f\n\tmovl $59, %%eax\n\tsyscall\n\tmovl $60, %%eax\n\tsyscall\n1:"
    : "=a"(child) : "0"(58), "D"(program), "S"(words), "d"(environment) : "rcx", "r11", "memory");
#else
  __asm__ volatile("int $0x80\n\ttestl %%eax, %%eax\n\tjnz 1f\n\tmovl $11, %%eax\n\tint $0x80\n\tmovl $1, %%eax\n\tint $0x80\n1:"
    : "=a"(child) : "0"(190), "b"(program), "c"(words), "d"(environment) : "memory");
#endif
  return child;
}

/* Signals every process of the sandbox that may be signalled, `delay` milliseconds later, out of a process that stays a minute. */
EXPORT int64_t linux_signal_all(int signal, int delay) {
  if (!in_sandbox()) return -1;
  const intptr_t child = LINUX("fork", 0, 0, 0);
  if (child != 0) return child;
  linux_sleep_ms(delay);
  LINUX("kill", -1, signal, 0); // All but this one and the first.
  linux_sleep_ms(60000);
  LINUX("exit_group", 0, 0, 0);
  return 0;
}
