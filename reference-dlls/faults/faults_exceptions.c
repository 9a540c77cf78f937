// Exceptions that a DLL raises itself.
#include <stdint.h>

#include "kind.h"

static int raise_code(DWORD code, DWORD flags) {
  RaiseException(code, flags, 0, NULL);
  return DONE;
}

KIND(raise_continuable) { return raise_code(0xe0001234u, 0); }
KIND(raise_noncontinuable) { return raise_code(0xe0005678u, EXCEPTION_NONCONTINUABLE); }
KIND(raise_delphi) { return raise_code(0x0eedfadeu, EXCEPTION_NONCONTINUABLE); }
KIND(raise_float_invalid) { return raise_code(0xc0000090u, 0); }
KIND(raise_invalid_handle) { return raise_code(0xc0000008u, 0); }
// What __fastfail reports, but as an exception like others: handlers see it.
KIND(raise_stack_overrun) { return raise_code(0xc0000409u, EXCEPTION_NONCONTINUABLE); }

// As Microsoft's compiler throws. The record is made up: its object has a type that no handler knows, and no C++ runtime has a part in it.
KIND(raise_microsoft_cpp) {
  static const struct {
    uint32_t attributes, destructor, forward, catchable;
  } throw_info = {0, 0, 0, 0};
  static int object = 7;
  const ULONG_PTR parameters[4] = {0x19930520u, (ULONG_PTR)&object, (ULONG_PTR)&throw_info, (ULONG_PTR)GetModuleHandleW(NULL)};
  RaiseException(0xe06d7363u, EXCEPTION_NONCONTINUABLE, sizeof(void *) == 8 ? 4 : 3, parameters);
  return DONE;
}

// Looks at the first exception itself, from a handler that faults.
static LONG CALLBACK faulty_handler(EXCEPTION_POINTERS *pointers) {
  if (pointers->ExceptionRecord->ExceptionCode == 0xe0000bad) *place(24) = 1;
  return EXCEPTION_CONTINUE_SEARCH;
}
KIND(fault_in_handler) {
  void *handler = AddVectoredExceptionHandler(1, faulty_handler);
  RaiseException(0xe0000bad, 0, 0, NULL);
  RemoveVectoredExceptionHandler(handler);
  return DONE;
}

KIND(fail_fast_exception) { return RaiseFailFastException(NULL, NULL, 0), DONE; }
