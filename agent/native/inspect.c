/* What the calling thread is doing, for the host that waits for it in vain.
 *
 * A thread of its own sleeps on a doorbell of its own: the calling thread is busy, and whatever it holds (the lock of the
 * loader, of the heap) must not be needed here. So it allocates nothing, and finds modules and functions by itself.
 */
#include "agent.h"

#include <string.h>

extern uint8_t __ImageBase[];

static HANDLE bell, calling;

#define BETWEEN_LOOKS_MILLISECONDS 5
#define MAX_FRAMES 64
#define SYSTEM_CALL_CODE 48 /* bytes of a function that only enters the system */

#ifdef __i386__
#define INSTRUCTION Eip
#define STACK Esp
#else
#define INSTRUCTION Rip
#define STACK Rsp
#endif

struct look {
  CONTEXT context;
  int32_t state; /* one of THREAD_STATE; UNKNOWN where only the context can tell */
};

static void look_at(struct look *look) {
  look->state = THREAD_STATE_UNKNOWN;
  look->context.ContextFlags = CONTEXT_CONTROL | CONTEXT_INTEGER;
  look->context.INSTRUCTION = 0;
  const DWORD suspended = SuspendThread(calling);
  if (suspended == (DWORD)-1) {
    if (WaitForSingleObject(calling, 0) == WAIT_OBJECT_0) look->state = THREAD_STATE_EXITED;
    return;
  }
  if (!GetThreadContext(calling, &look->context)) look->context.INSTRUCTION = 0;
  ResumeThread(calling);
  if (WaitForSingleObject(calling, 0) == WAIT_OBJECT_0) look->state = THREAD_STATE_EXITED;
  else if (suspended > 0) look->state = THREAD_STATE_SUSPENDED;
}

static const IMAGE_DATA_DIRECTORY *directory(uintptr_t base, int32_t which) {
  const IMAGE_NT_HEADERS *headers = (const IMAGE_NT_HEADERS *)(base + (uint32_t)((const IMAGE_DOS_HEADER *)base)->e_lfanew);
  return &headers->OptionalHeader.DataDirectory[which];
}

/* The function of ntdll or win32u that enters the system at this address, or NULL. */
static const char *system_call_at(uintptr_t address) {
  struct module module;
  if (!module_at(address, &module) || !module.enters_system) return NULL;
  const uintptr_t base = module.base;
  const IMAGE_EXPORT_DIRECTORY *exports = (const void *)(base + directory(base, IMAGE_DIRECTORY_ENTRY_EXPORT)->VirtualAddress);
  const uint32_t *functions = (const uint32_t *)(base + exports->AddressOfFunctions);
  const uint32_t *names = (const uint32_t *)(base + exports->AddressOfNames);
  const uint16_t *ordinals = (const uint16_t *)(base + exports->AddressOfNameOrdinals);
  const uint32_t wanted = (uint32_t)(address - base);
  uint32_t nearest = 0;
  const char *name = NULL;
  for (uint32_t i = 0; i < exports->NumberOfNames; i++) {
    const uint32_t at = functions[ordinals[i]];
    const char *each = (const char *)(base + names[i]);
    /* Each has two names: NtClose and ZwClose. */
    if (at > wanted || at < nearest || (at == nearest && each[0] != 'N')) continue;
    nearest = at;
    name = each;
  }
  const int enters = name && wanted - nearest < SYSTEM_CALL_CODE && ((name[0] == 'N' && name[1] == 't') || (name[0] == 'Z' && name[1] == 'w'));
  return enters ? name : NULL;
}

/* Notes the place of a frame. Returns 0 when it is the one to tell of, or there is none further out. */
static int go_on(uintptr_t address, uintptr_t *place) {
  struct module module;
  const int known = module_at(address, &module);
  if (known && module.base == (uintptr_t)__ImageBase) return 0;
  *place = address;
  return known && module.is_system;
}

#ifdef __i386__
static int is_after_call(const uint8_t *code) {
  if (code[-5] == 0xe8 || (code[-6] == 0xff && code[-5] == 0x15)) return 1;
  return (code[-2] == 0xff && (code[-1] & 0x38) == 0x10) || (code[-3] == 0xff && (code[-2] & 0x38) == 0x10);
}

/* Functions of the system keep EBP as the frame's, mostly; where the chain of them breaks off, return addresses are looked for. */
static intptr_t find_place(const CONTEXT *context, uintptr_t *place) {
  if (!go_on(context->Eip, place) || !go_on(*(const uint32_t *)context->Esp, place)) return 1;
  const uint32_t *frame = (const uint32_t *)context->Ebp;
  for (int32_t i = 0; i < MAX_FRAMES && (uintptr_t)frame >= context->Esp && ((uintptr_t)frame & 3) == 0; i++) {
    struct module module;
    if (!module_at(frame[1], &module)) break;
    if (!go_on(frame[1], place)) return 1;
    if (frame[0] <= (uintptr_t)frame) break;
    frame = (const uint32_t *)(uintptr_t)frame[0];
  }
  for (const uint32_t *each = (const uint32_t *)context->Esp; each < (const uint32_t *)context->Esp + 1024; each++) {
    struct module module;
    if (!module_at(*each, &module) || *each - module.base < 4096 || !is_after_call((const uint8_t *)(uintptr_t)*each)) continue;
    if (!go_on(*each, place)) return 1;
  }
  return 1;
}
#else
/* As RtlLookupFunctionEntry, which takes the loader's lock. */
static RUNTIME_FUNCTION *entry_of(uintptr_t base, uintptr_t address) {
  const IMAGE_DATA_DIRECTORY *table = directory(base, IMAGE_DIRECTORY_ENTRY_EXCEPTION);
  RUNTIME_FUNCTION *entries = (RUNTIME_FUNCTION *)(base + table->VirtualAddress);
  const uint32_t wanted = (uint32_t)(address - base);
  int32_t low = 0, high = (int32_t)(table->Size / sizeof *entries) - 1;
  while (low <= high) {
    const int32_t middle = (low + high) / 2;
    if (wanted < entries[middle].BeginAddress) high = middle - 1;
    else if (wanted >= entries[middle].EndAddress) low = middle + 1;
    else return &entries[middle];
  }
  return NULL;
}

static intptr_t find_place(const CONTEXT *from, uintptr_t *place) {
  CONTEXT context = *from;
  for (int32_t i = 0; i < MAX_FRAMES && context.Rip && go_on(context.Rip, place); i++) {
    struct module module;
    RUNTIME_FUNCTION *entry = module_at(context.Rip, &module) ? entry_of(module.base, context.Rip) : NULL;
    if (entry) {
      void *data;
      DWORD64 frame;
      RtlVirtualUnwind(UNW_FLAG_NHANDLER, module.base, context.Rip, entry, &context, &data, &frame, NULL);
    } else {
      context.Rip = *(const DWORD64 *)context.Rsp;
      context.Rsp += 8;
    }
  }
  return 1;
}
#endif

static void tell_place(uintptr_t place) {
  struct module module;
  const int known = module_at(place, &module);
  WORD64(INSPECTION_ADDRESS) = place;
  WORD64(INSPECTION_MODULE_BASE) = known ? module.base : 0;
  if (known) memcpy(share + INSPECTION_MODULE_NAME, module.name, sizeof module.name);
}

/* What one look tells. Returns the function of the system in which the thread is, or NULL. */
static const char *tell(const struct look *look) {
  const uintptr_t instruction = look->context.INSTRUCTION;
  const char *call = instruction ? system_call_at(instruction) : NULL;
  uintptr_t place = 0;
  intptr_t done;
  if (instruction) probe((uintptr_t)find_place, (uintptr_t)&look->context, (uintptr_t)&place, 0, 0, &done);
  tell_place(place);
  memset(share + INSPECTION_SYSTEM_CALL, 0, INSPECTION_SYSTEM_CALL_BYTES);
  if (call) strncpy((char *)share + INSPECTION_SYSTEM_CALL, call, INSPECTION_SYSTEM_CALL_BYTES - 1);
  int32_t state = look->state;
  if (state == THREAD_STATE_UNKNOWN && instruction)
    state = !call ? THREAD_STATE_RUNNING : strcmp(call + 2, "DelayExecution") == 0 ? THREAD_STATE_SLEEPING : THREAD_STATE_WAITING;
  WORD32(INSPECTION_STATE) = state;
  return call;
}

/* Looks twice: a thread that only passes through the system does not wait there. On a busy machine each look takes its time, so
 * the host is told of the first already. */
static void inspect(int32_t asked) {
  static struct look first, second;
  look_at(&first);
  if (first.state == THREAD_STATE_EXITED) first.context.INSTRUCTION = 0;
  const char *call = tell(&first);
  __atomic_store_n((int32_t *)(share + INSPECTION_DRAFTED), asked, __ATOMIC_SEQ_CST);
  if (!call || first.state != THREAD_STATE_UNKNOWN) return;
  Sleep(BETWEEN_LOOKS_MILLISECONDS);
  look_at(&second);
  if (second.context.INSTRUCTION == first.context.INSTRUCTION && second.context.STACK == first.context.STACK) return;
  WORD32(INSPECTION_STATE) = second.state == THREAD_STATE_UNKNOWN ? THREAD_STATE_RUNNING : second.state;
  WORD32(INSPECTION_SYSTEM_CALL) = 0;
}

static ENTRY DWORD WINAPI serve(void *unused) {
  (void)unused;
  for (;;) {
    char byte;
    DWORD read = 0;
    /* No byte means that the host has died, which the calling thread may be too busy to hear. */
    if (!ReadFile(bell, &byte, 1, &read, NULL) || read == 0) TerminateProcess(GetCurrentProcess(), 0);
    const int32_t asked = WORD32(INSPECTION_ASKED);
    inspect(asked);
    __atomic_store_n((int32_t *)(share + INSPECTION_ANSWERED), asked, __ATOMIC_SEQ_CST);
  }
  return 0;
}

int inspect_open(const WCHAR *path) {
  bell = wire_open_path(path, GENERIC_READ);
  return bell != INVALID_HANDLE_VALUE;
}

int inspect_start(HANDLE thread) {
  calling = thread;
  HANDLE inspector = CreateThread(NULL, 1 << 18, serve, NULL, STACK_SIZE_PARAM_IS_A_RESERVATION, NULL);
  if (inspector) CloseHandle(inspector);
  return inspector != NULL;
}
