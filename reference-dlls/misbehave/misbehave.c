// Everything a DLL should not do, on request.
#include <stdint.h>
#include <stdlib.h>
#include <windows.h>

#define EXPORT __declspec(dllexport)

static int counter;

EXPORT int crash_read(uint64_t address) { return *(volatile int *)(uintptr_t)address; }
EXPORT void crash_write(uint64_t address) { *(volatile int *)(uintptr_t)address = 1; }
EXPORT void crash_execute(uint64_t address) { ((void (*)(void))(uintptr_t)address)(); }
EXPORT void illegal_instruction(void) { __asm__ volatile("ud2"); }
EXPORT void breakpoint(void) { __asm__ volatile("int3"); }
EXPORT void raise_code(uint32_t code) { RaiseException(code, 0, 0, NULL); }

EXPORT int divide_ints(int a, int b) {
  volatile int divisor = b;
  return a / divisor;
}

// The volatile array keeps the compiler from turning the recursion into a loop.
EXPORT int overflow_stack(int depth) {
  volatile char room[4000];
  room[depth % 4000] = (char)depth;
  return depth < 0 ? 0 : overflow_stack(depth + 1) + room[depth % 4000];
}

// Writes a little, then crashes: what was written is seen.
EXPORT void write_then_crash(int *numbers) {
  numbers[0] = 7;
  crash_read(0);
}

EXPORT void end_process(unsigned code) { ExitProcess(code); }
EXPORT void terminate_process(unsigned code) { TerminateProcess(GetCurrentProcess(), code); }
EXPORT void end_thread(void) { ExitThread(3); }

// One function that returns, faults, ends the process or hangs, as its second argument says.
EXPORT int maybe(int value, int how) {
  switch (how) {
  case 1: return crash_read(0);
  case 2: ExitProcess((UINT)value); break;
  case 3: Sleep(INFINITE); break;
  case 4: for (volatile int forever = 1; forever;) continue; break;
  }
  return 2 * value;
}

EXPORT int count_up(void) { return ++counter; }

// Floating-point state: a careless DLL leaves it changed.

// In assembly: on ia32 the compiler has no SSE of its own.
EXPORT void round_up(void) {
  uint32_t state;
  __asm__ volatile("stmxcsr %0" : "=m"(state));
  state = (state & ~0x6000u) | 0x4000u;
  __asm__ volatile("ldmxcsr %0" : : "m"(state));
}
EXPORT void set_precision_24(void) {
  const uint16_t word = 0x007f;
  __asm__ volatile("fldcw %0" : : "m"(word));
}
EXPORT double quotient(double a, double b) { return a / b; }
EXPORT unsigned x87_control_word(void) {
  uint16_t word;
  __asm__ volatile("fnstcw %0" : "=m"(word));
  return word;
}
// Leaves the direction flag set, which string instructions of the caller would follow backwards.
EXPORT void set_direction_flag(void) { __asm__ volatile("std"); }
// Breaks the promise to preserve registers.
EXPORT void trash_registers(void) {
#ifdef __i386__
  __asm__ volatile("xor %%ebx, %%ebx; xor %%esi, %%esi; xor %%edi, %%edi" ::: "memory");
#else
  __asm__ volatile("xor %%ebx, %%ebx; xor %%esi, %%esi; xor %%edi, %%edi; xor %%r12d, %%r12d; xor %%r13d, %%r13d;"
                   "xor %%r14d, %%r14d; xor %%r15d, %%r15d; pcmpeqd %%xmm6, %%xmm6; pcmpeqd %%xmm15, %%xmm15" ::: "memory");
#endif
}

EXPORT void write_lines(unsigned n) {
  static const char line[] = "a line of the DLL under test\n";
  DWORD written;
  while (n--) WriteFile(GetStdHandle(STD_ERROR_HANDLE), line, sizeof line - 1, &written, NULL);
}

// What one call leaves behind for another to suffer from.

static int armed;
EXPORT void arm(void) { armed = 1; }
// Returns at first, and crashes once armed.
EXPORT int fire(int value) { return armed ? crash_read(0) : value; }
EXPORT int fault_second_time(void) {
  static int called;
  return called++ ? crash_read(0) : 42;
}
EXPORT int fill_second_time(int *numbers) {
  static int called;
  numbers[0]++;
  return called++ ? crash_read(0) : numbers[0];
}

// A heap of its own, so that nothing but its users falls over what is damaged.
static HANDLE heap;
enum { BLOCK = 0x8000 };
static HANDLE own_heap(void) {
  if (!heap) heap = HeapCreate(0, 0, 0);
  return heap;
}
// Writes to memory that was given back, where the heap keeps the links between its free blocks.
EXPORT void damage_heap(void) {
  uint8_t *block = HeapAlloc(own_heap(), 0, BLOCK);
  uint8_t *behind = HeapAlloc(own_heap(), 0, BLOCK);
  HeapFree(heap, 0, block);
  for (size_t i = 0; behind && i < BLOCK; i++) ((volatile uint8_t *)block)[i] = 0x41;
}
EXPORT int use_heap(void) {
  void *block = HeapAlloc(own_heap(), 0, BLOCK);
  return block && HeapFree(heap, 0, block);
}

// Memory that is used and never given back.
EXPORT void take_memory(size_t bytes) {
  volatile uint8_t *memory = VirtualAlloc(NULL, bytes, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
  for (size_t at = 0; memory && at < bytes; at += 4096) memory[at] = 1;
}
