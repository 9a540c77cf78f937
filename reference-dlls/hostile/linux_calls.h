// System calls of Linux out of a Windows DLL: neither Wine nor Windows knows of them. Errors are negative numbers of Linux.
#ifndef LINUX_CALLS_H
#define LINUX_CALLS_H

#include <windows.h>
#include <stdint.h>

#include "linux_numbers.h"

#define EXPORT __declspec(dllexport)

static inline intptr_t linux_raw(intptr_t number, intptr_t a, intptr_t b, intptr_t c, intptr_t d, intptr_t e, intptr_t f) {
  intptr_t result;
#ifdef _WIN64
  register intptr_t r10 __asm__("r10") = d;
  register intptr_t r8 __asm__("r8") = e;
  register intptr_t r9 __asm__("r9") = f;
  __asm__ volatile("syscall" : "=a"(result), "+r"(r10), "+r"(r8), "+r"(r9) : "0"(number), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
#else
  // All seven registers are taken, the frame pointer too.
  intptr_t words[] = {number, a, b, c, d, e, f};
  __asm__ volatile(
    "pushl %%ebp\n\tmovl 4(%%eax), %%ebx\n\tmovl 8(%%eax), %%ecx\n\tmovl 12(%%eax), %%edx\n\tmovl 16(%%eax), %%esi\n\t"
    "movl 20(%%eax), %%edi\n\tmovl 24(%%eax), %%ebp\n\tmovl (%%eax), %%eax\n\tint $0x80\n\tpopl %%ebp"
    : "=a"(result) : "0"(words) : "ebx", "ecx", "edx", "esi", "edi", "memory");
#endif
  return result;
}

/* Up to three arguments, which is what most need. */
#define LINUX(name, a, b, c) linux_raw(linux_number(name), (intptr_t)(a), (intptr_t)(b), (intptr_t)(c), 0, 0, 0)

enum { O_READ = 0, O_WRITE = 1, O_READ_WRITE = 2, O_MAKE = 0100, O_APPENDING = 02000, O_NO_WAIT = 04000 };
enum { MODE_KIND = 0170000, MODE_FILE = 0100000, MODE_FIFO = 0010000, MODE_FOLDER = 0040000 };

static inline void linux_sleep_ms(int milliseconds) {
  intptr_t time[] = {milliseconds / 1000, (intptr_t)(milliseconds % 1000) * 1000000};
  LINUX("nanosleep", time, 0, 0);
}

/* Only in a sandbox, which is a machine of this name, may everything be ended or overwritten. */
static inline int in_sandbox(void) {
  char name[16] = {0};
  const intptr_t file = LINUX("open", "/proc/sys/kernel/hostname", O_READ, 0);
  LINUX("read", file, name, sizeof name - 1);
  LINUX("close", file, 0, 0);
  return strcmp(name, "dllparity\n") == 0;
}

/* One of MODE_*; 0 when there is no such file. Links are not followed unless asked for. */
static inline int linux_kind(const char *path, int follow) {
  uint8_t facts[256] = {0};
  const intptr_t at_cwd = -100, no_follow = 0x100;
  if (linux_raw(linux_number("statx"), at_cwd, (intptr_t)path, follow ? 0 : no_follow, 1, (intptr_t)facts, 0) < 0) return 0;
  return *(uint16_t *)(facts + 28) & MODE_KIND;
}

#endif
