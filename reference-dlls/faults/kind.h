// How every export of these DLLs looks: given a negative number it misbehaves, as its name says. Any other number it returns plus one, so
// that the cases around a fault in one batch, which calls one function, are healthy.
#ifndef KIND_H
#define KIND_H

#include <windows.h>
#include <stdint.h>

#ifdef __cplusplus
#define EXPORT extern "C" __declspec(dllexport)
#else
#define EXPORT __declspec(dllexport)
#endif

/* What a kind returns that misbehaves and returns all the same. */
#define DONE (-42)

#define HEALTHY(value) ((value) + 1)

// An address that the compiler knows nothing of: it warns of those it can work out, or leaves the access away.
static inline volatile int *place(uintptr_t address) {
  volatile uintptr_t hidden = address;
  return (volatile int *)hidden;
}

// The body is never inlined: some of them leave the stack or the registers in a state that only a plain `ret` survives.
#define KIND(name) \
  __attribute__((noinline)) static int misbehave_##name(void); \
  EXPORT int name(int value) { return value >= 0 ? HEALTHY(value) : misbehave_##name(); } \
  static int misbehave_##name(void)

// One without prologue and epilogue, written in assembly as a whole.
#define NAKED_KIND(name) \
  __attribute__((naked, noinline)) static int misbehave_##name(void); \
  EXPORT int name(int value) { return value >= 0 ? HEALTHY(value) : misbehave_##name(); } \
  static int misbehave_##name(void)

#endif
