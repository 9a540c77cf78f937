/* Exceptions whose way to the guard is broken.
 *
 * The dispatcher finds a guard by walking the stack. That fails when a callee has lost a register that the walk needs,
 * has overwritten return addresses or the chain of handlers, or runs on a stack of its own; the process would end. So a
 * vectored handler tries the walk first. Where it fails, the handlers that the dispatcher would have found before it
 * failed are asked, the vectored ones of the DLL too, and then the thread is put back into invoke by hand.
 */
#include "agent.h"

uint32_t guard_slot; /* where the TEB has the slot, in bytes; invoke-*.S read it */

/* Between the two, vectored handlers of the DLL have their say. */
static PVOID volatile first_handler, last_handler;

/* A guard's field. */
static uintptr_t *field(uintptr_t guard, intptr_t offset) { return (uintptr_t *)(guard + offset); }

static uintptr_t *slot(void) { return (uintptr_t *)((uint8_t *)thread_block() + guard_slot); }

/* Whether it is a guard, and whole. One on a stack of the DLL's own making is taken at its word. */
static int is_sealed(uintptr_t guard) { return *field(guard, GUARD_SEAL) == (guard ^ (uintptr_t)GUARD_MIX); }

/* The innermost guard above `stack`. Guards further in have been jumped past, and may be overwritten by now. */
ENTRY uintptr_t guard_above(uintptr_t stack) {
  const uintptr_t inner = *slot();
  if (!inner || !is_on_stack(stack) || inner > stack) return inner;
  const uintptr_t end = (uintptr_t)thread_block()->StackBase - sizeof(uintptr_t) * 64;
  for (uintptr_t guard = (stack + 15) & ~(uintptr_t)15; guard < end; guard += sizeof(uintptr_t)) {
    if (is_sealed(guard)) return guard;
  }
  return 0;
}

#ifdef __i386__
extern char guard[], invoke_recover[];
EXCEPTION_DISPOSITION call_handler(void *handler, EXCEPTION_RECORD *record, void *frame, CONTEXT *context, void *dispatcher);
struct registration {
  struct registration *next;
  void *handler;
};
#define STACK_OF(context) ((context)->Esp)

static struct registration *chain(void) { return (struct registration *)thread_block()->ExceptionList; }

/* Whether the dispatcher would look at this record, after one at `below`. */
static int is_valid(const struct registration *record, uintptr_t below) {
  return is_on_stack((uintptr_t)record) && ((uintptr_t)record & 3) == 0 && (uintptr_t)record > below;
}

/* Whether the chain of handlers leads to this guard. */
static int reaches(const CONTEXT *context, uintptr_t wanted) {
  (void)context;
  const uintptr_t end = wanted + GUARD_RECORD;
  uintptr_t below = 0;
  for (const struct registration *record = chain(); is_valid(record, below); record = record->next) {
    if ((uintptr_t)record == end) return record->handler == guard;
    if ((uintptr_t)record > end) return 0;
    below = (uintptr_t)record;
  }
  return 0;
}

/* Asks the handlers of the sound part of the chain, as the dispatcher would. Those that take an exception do not return. */
static int offer(EXCEPTION_RECORD *record, CONTEXT *context, uintptr_t wanted) {
  uintptr_t below = 0;
  for (struct registration *each = chain(); is_valid(each, below) && (uintptr_t)each < wanted + GUARD_RECORD;) {
    void *dispatcher = NULL;
    below = (uintptr_t)each;
    struct registration *next = each->next;
    if (call_handler(each->handler, record, each, context, &dispatcher) == ExceptionContinueExecution) return 1;
    each = next;
  }
  return 0;
}

static void go_to(uintptr_t wanted, CONTEXT *context) {
  context->Eip = (DWORD)(uintptr_t)invoke_recover;
  context->Ebp = wanted;
  context->Esp = wanted + GUARD_BELOW;
}
#else
extern char invoke_end[], invoke_recover[];
#define STACK_OF(context) ((context)->Rsp)
#define MAX_FRAMES 1000000 /* the smallest frames on the largest stack */

struct step {
  CONTEXT context;
  DISPATCHER_CONTEXT dispatcher;
};

/* One frame up. Reads what may not be there. */
static intptr_t climb(struct step *step, intptr_t kind) {
  CONTEXT *context = &step->context;
  DISPATCHER_CONTEXT *dispatcher = &step->dispatcher;
  dispatcher->ControlPc = context->Rip;
  dispatcher->FunctionEntry = RtlLookupFunctionEntry(context->Rip, &dispatcher->ImageBase, NULL);
  dispatcher->LanguageHandler = NULL;
  if (!dispatcher->FunctionEntry) { /* the convention: a function without a frame */
    dispatcher->EstablisherFrame = context->Rsp;
    context->Rip = *(const DWORD64 *)context->Rsp;
    context->Rsp += 8;
    return 1;
  }
  dispatcher->LanguageHandler = RtlVirtualUnwind((DWORD)kind, dispatcher->ImageBase, context->Rip, dispatcher->FunctionEntry,
                                                 context, &dispatcher->HandlerData, &dispatcher->EstablisherFrame, NULL);
  return 1;
}

static int is_climbable(const CONTEXT *context) { return context->Rip && is_on_stack(context->Rsp) && (context->Rsp & 7) == 0; }

static int is_in_invoke(DWORD64 address) { return address >= (uintptr_t)invoke && address < (uintptr_t)invoke_end; }

/* Runs behind a probe. A handler may crash as well, and the handler of that crash: the walk then ends at what is known already. */
static intptr_t walk(const CONTEXT *from, uintptr_t wanted) {
  struct step step = {.context = *from};
  for (int32_t i = 0; i < MAX_FRAMES; i++) {
    if (!is_climbable(&step.context) || step.context.Rsp > wanted) return 0;
    const uintptr_t known = *field(wanted, GUARD_KNOWN_STACK);
    if (i > 0 && step.context.Rsp == (known & ~(uintptr_t)1) && step.context.Rip == *field(wanted, GUARD_KNOWN_CODE)) return !(known & 1);
    if (step.context.Rbp == wanted && is_in_invoke(step.context.Rip)) return 1;
    const DWORD64 before = step.context.Rsp;
    climb(&step, UNW_FLAG_NHANDLER);
    if (step.context.Rsp <= before) return 0;
  }
  return 0;
}

static int reaches(const CONTEXT *context, uintptr_t wanted) {
  intptr_t reached;
  if (!probe((uintptr_t)walk, (uintptr_t)context, wanted, 0, 0, &reached)) reached = 0;
  *field(wanted, GUARD_KNOWN_STACK) = context->Rsp | !reached;
  *field(wanted, GUARD_KNOWN_CODE) = context->Rip;
  return reached != 0;
}

/* Asks the handlers of the frames that can be walked, as the dispatcher would. Those that take an exception do not return. */
static int offer(EXCEPTION_RECORD *record, CONTEXT *context, uintptr_t wanted) {
  struct step step = {.context = *context};
  UNWIND_HISTORY_TABLE history = {0};
  for (int32_t i = 0; i < MAX_FRAMES; i++) {
    if (!is_climbable(&step.context) || step.context.Rsp > wanted) return 0;
    const DWORD64 before = step.context.Rsp;
    intptr_t climbed;
    if (!probe((uintptr_t)climb, (uintptr_t)&step, UNW_FLAG_EHANDLER, 0, 0, &climbed) || step.context.Rsp <= before) return 0;
    if (!step.dispatcher.LanguageHandler || !is_on_stack(step.dispatcher.EstablisherFrame)) continue;
    step.dispatcher.ContextRecord = &step.context;
    step.dispatcher.HistoryTable = &history;
    step.dispatcher.ScopeIndex = 0;
    void *frame = (void *)(uintptr_t)step.dispatcher.EstablisherFrame;
    if (step.dispatcher.LanguageHandler(record, frame, context, &step.dispatcher) == ExceptionContinueExecution) return 1;
  }
  return 0;
}

static void go_to(uintptr_t wanted, CONTEXT *context) {
  context->Rip = (uintptr_t)invoke_recover;
  context->Rsp = context->Rbp = wanted;
}
#endif

static struct invoke_result *result_of(uintptr_t guard) { return (struct invoke_result *)*field(guard, GUARD_RESULT); }

/* Puts the thread back into invoke, past everything in between. */
static LONG jump(uintptr_t guard, CONTEXT *context) {
  *slot() = guard;
  go_to(guard, context);
  context->EFlags &= ~(DWORD)GUARD_FLAGS;
  return EXCEPTION_CONTINUE_EXECUTION;
}

/* What debuggers are told is not meant to be handled by anybody. */
static int is_news(DWORD code) { return (code >= 0x40010000 && code < 0x40020000) || code == 0x406d1388; }

static LONG CALLBACK last_look(EXCEPTION_POINTERS *pointers);
static LONG CALLBACK first_look(EXCEPTION_POINTERS *pointers);

/* A handler begins with its links in the list of all: the next one and the one before. */
struct handler {
  struct handler *next, *before;
};
static struct handler *head; /* of the list: what is before the first handler; NULL where handlers are not like that */

static void come_first(void) {
  PVOID before = InterlockedExchangePointer(&first_handler, AddVectoredExceptionHandler(1, first_look));
  if (before) RemoveVectoredExceptionHandler(before);
}

/* HOT: a handler that the DLL has put before ours may crash for every exception, those of its own crash too. One that is there
 * when a call begins has its say after us. Benchmark: guard-overhead. */
void guard_stay_first(void) {
  if (head && ((const struct handler *)first_handler)->before != head) come_first();
}

/* The last of the vectored handlers is who has come last. */
static void come_last(void) {
  PVOID mine = AddVectoredExceptionHandler(0, last_look);
  PVOID before = InterlockedExchangePointer(&last_handler, mine);
  if (before) RemoveVectoredExceptionHandler(before);
}

/* Before any other handler of the process. Decides nothing that one of them may want to decide. */
static ENTRY LONG CALLBACK first_look(EXCEPTION_POINTERS *pointers) {
  EXCEPTION_RECORD *record = pointers->ExceptionRecord;
  CONTEXT *context = pointers->ContextRecord;
  if (is_news(record->ExceptionCode)) return EXCEPTION_CONTINUE_SEARCH;
  const DWORD last_error = GetLastError();
  const uintptr_t guard = guard_above(STACK_OF(context));
  LONG answer = EXCEPTION_CONTINUE_SEARCH;
  if (!guard) {
    faults_remember(record);
    faults_keep_watch();
  } else if (is_on_stack(guard) && !is_sealed(guard)) {
    faults_end_process(pointers); /* what called the function is overwritten too */
  } else if (stack_is_nearly_full(STACK_OF(context)) && record->ExceptionCode != (DWORD)STATUS_STACK_OVERFLOW) {
    /* Handlers that crash have used up the stack, each for the crash of the one before. */
    fault_note(record, result_of(guard), FAULT_TAINT_HARD);
    answer = jump(guard, context);
  } else if (result_of(guard)->flags & INVOKE_AS_PROBE) {
    /* Our own attempt to read memory, of which nobody needs to know. */
    result_of(guard)->faulted = -1;
    answer = jump(guard, context);
  } else if (!reaches(context, guard)) {
    *field(guard, GUARD_LOST) = (uintptr_t)record;
    come_last();
  }
  SetLastError(last_error);
  return answer;
}

/* After the vectored handlers of the DLL. */
static ENTRY LONG CALLBACK last_look(EXCEPTION_POINTERS *pointers) {
  EXCEPTION_RECORD *record = pointers->ExceptionRecord;
  CONTEXT *context = pointers->ContextRecord;
  const uintptr_t guard = guard_above(STACK_OF(context));
  if (!guard || *field(guard, GUARD_LOST) != (uintptr_t)record) return EXCEPTION_CONTINUE_SEARCH;
  uintptr_t *offered = field(guard, GUARD_OFFERED);
  if (!*offered) {
    *offered = (uintptr_t)record;
    if (offer(record, context, guard)) {
      *offered = 0;
      return EXCEPTION_CONTINUE_EXECUTION;
    }
  }
  /* A handler that has itself crashed is not the news. */
  fault_note((const EXCEPTION_RECORD *)*offered, result_of(guard), FAULT_TAINT_HARD);
  return jump(guard, context);
}

/* Whether the filter of the DLL has been asked about an exception of this guard or one around it, and is not done. */
static int is_filtering(uintptr_t guard) {
  for (; guard && is_sealed(guard); guard = *field(guard, GUARD_OUTER))
    if (result_of(guard)->flags & INVOKE_FILTERING) return 1;
  return 0;
}

int guard_is_filtering(void) {
  const uintptr_t here = 0;
  return is_filtering(guard_above((uintptr_t)&here));
}

/* Wine 8 has a list of its own handlers in the TEB, on x64 too, and enters itself while it asks a handler. A filter that is left by a
 * plain jump would leave that entry behind, and Wine would later call what has overwritten it. So the filter does not see it. On ia32
 * the guard puts the chain back. */
#ifdef __i386__
static void *hide_entries(uintptr_t below) { return (void)below, (void *)chain(); }
#else
static void *hide_entries(uintptr_t below) {
  void *all = thread_block()->ExceptionList;
  uintptr_t entry = (uintptr_t)all;
  while (is_on_stack(entry) && entry < below) entry = *(const uintptr_t *)entry;
  thread_block()->ExceptionList = (void *)entry;
  return all;
}
#endif

/* Asks the DLL's filter for unhandled exceptions, as the system does at the end of a stack. Returns whether the thread goes on where
 * it was. An exception that the filter itself raises is not its business. */
int guard_filtered(EXCEPTION_RECORD *record, CONTEXT *context, uintptr_t guard) {
  struct invoke_result *result = result_of(guard);
  *slot() = guard;
  if (result->flags & INVOKE_QUIETLY || is_filtering(guard)) return 0;
  LPTOP_LEVEL_EXCEPTION_FILTER filter = faults_filter_of_dll(record);
  EXCEPTION_POINTERS pointers = {record, context};
  if (!filter) return 0;
  void *entries = hide_entries(STACK_OF(context));
  const LONG answer = call_filter(filter, &pointers, result);
  thread_block()->ExceptionList = entries;
  return answer == EXCEPTION_CONTINUE_EXECUTION;
}

/* Called for invoke's frame when no handler between it and the fault has taken the exception; invoke ends next. */
void guard_reached(const EXCEPTION_RECORD *record, uintptr_t guard) {
  *slot() = guard;
  fault_note(record, result_of(guard), 0);
}

#ifndef __i386__
/* The dispatcher's handler for invoke's frame; on ia32 invoke-ia32.S has it. */
EXCEPTION_DISPOSITION guard_handler(EXCEPTION_RECORD *record, void *frame, CONTEXT *context, DISPATCHER_CONTEXT *dispatcher) {
  const uintptr_t guard = (uintptr_t)frame;
  if (record->ExceptionFlags & (EXCEPTION_UNWINDING | EXCEPTION_EXIT_UNWIND)) {
    /* Somebody unwinds past this guard, or to it. */
    if (!(record->ExceptionFlags & EXCEPTION_TARGET_UNWIND)) *slot() = *field(guard, GUARD_OUTER);
    else *slot() = guard;
    return ExceptionContinueSearch;
  }
  if (guard_filtered(record, context, guard)) return ExceptionContinueExecution;
  guard_reached(record, guard);
  CONTEXT scratch;
  RtlUnwindEx(frame, invoke_recover, record, NULL, &scratch, dispatcher->HistoryTable);
  return ExceptionContinueSearch;
}
#endif

/* The function has returned, but with the guard overwritten: the frames of who called it are lost as well. */
ENTRY void guard_broken(void) {
  EXCEPTION_RECORD record = {.ExceptionCode = (DWORD)STATUS_STACK_BUFFER_OVERRUN, .ExceptionAddress = __builtin_return_address(0)};
  EXCEPTION_POINTERS pointers = {&record, NULL};
  faults_end_process(&pointers);
}

/* Returns 0 when there is no slot left where invoke can find it. */
int guard_prepare(void) {
  const DWORD index = TlsAlloc();
  if (index >= 64) return 0; /* also TLS_OUT_OF_INDEXES */
#ifdef __i386__
  guard_slot = 0xe10 + 4 * index;
#else
  guard_slot = 0x1480 + 8 * index;
#endif
  come_last();
  come_first();
  if (!first_handler || !last_handler) return 0;
  const struct handler *mine = first_handler;
  struct handler *other = AddVectoredExceptionHandler(1, first_look);
  if (other && mine->before == other && other->next == mine) head = other->before;
  RemoveVectoredExceptionHandler(other);
  return 1;
}
