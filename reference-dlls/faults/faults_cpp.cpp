// What g++ makes of C++ exceptions, and of the end that the language knows for those that nobody takes.
#include <exception>

#include "kind.h"

namespace {
__attribute__((noinline)) int thrower(int value) {
  if (value < 0) throw value;
  return value;
}
__attribute__((noinline)) int promises_not_to(int value) noexcept {
  // Not as its last act: a jump would leave no frame to keep the promise.
  volatile int result = thrower(value);
  return result;
}
}

EXPORT int throw_caught(int value) {
  if (value >= 0) return HEALTHY(value);
  try {
    return thrower(value);
  } catch (int) {
    return DONE;
  }
}
EXPORT int throw_escapes(int value) { return HEALTHY(thrower(value)); }
EXPORT int throw_in_noexcept(int value) { return HEALTHY(promises_not_to(value)); }
EXPORT int terminate_cpp(int value) {
  if (value < 0) std::terminate();
  return HEALTHY(value);
}
