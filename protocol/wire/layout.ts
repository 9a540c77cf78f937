// The shared memory, byte for byte. The agent's C side reads the same numbers from agent/native/layout.h, which is
// generated from this file (`npm run generate`) and checked by `npm run check`.
//
// Offsets are bytes from the start of the file and multiples of the alignment of what lies there; the guest address of
// an offset is `BASE_ADDRESS + offset`. All integers are little-endian.

/** What the supervisor holds open for one agent: descriptors from the first one on. Each but the memory is a pipe. */
export const WIRE_DESCRIPTORS = {
  MEMORY: 0,
  TO_AGENT: 1,
  TO_HOST: 2,
  TO_INSPECTOR: 3,
  STDOUT: 4,
  STDERR: 5,
  COUNT: 6,
} as const;

/** Header words (int32 unless noted). Words that one side spins on have a cache line (64 bytes) of their own. */
export const HEADER = {
  /** `DLLP`. Written by the host. */
  MAGIC: 0,
  /** PROTOCOL_VERSION of the host. */
  PROTOCOL: 4,
  /** Bytes of the file. Written by the host. */
  FILE_BYTES: 8,
  /** One of AGENT_STATE. */
  AGENT_STATE: 12,
  /** PROTOCOL_VERSION of the agent. */
  AGENT_PROTOCOL: 16,
  /** 8 in an x64 agent, 4 in an ia32 agent. */
  POINTER_BYTES: 20,
  /** uint64: where the agent has mapped the file. */
  BASE_ADDRESS: 24,
  /** uint64: address of callback stub 0; stub n lies CALLBACK.STUB_BYTES * n further. */
  CALLBACK_STUBS: 32,
  /** uint64: address of LoadLibraryExW. This and the next three the host calls before it has loaded anything. */
  LOAD_LIBRARY: 40,
  /** uint64: address of GetProcAddress. */
  GET_PROC_ADDRESS: 48,
  /** uint64: address of FreeLibrary. */
  FREE_LIBRARY: 56,
  /** uint64: address of GetModuleFileNameW. */
  GET_MODULE_FILE_NAME: 64,
  /** Upper bound of the agent's spin in time-stamp-counter cycles; 0 = block at once. Written by the host. */
  SPIN_CYCLES: 80,
  /** Callbacks that arrived on a thread other than the calling one. */
  FOREIGN_CALLBACKS: 84,
  /** uint32: LAYOUT_FINGERPRINT of the agent. */
  AGENT_LAYOUT: 88,
  /** Callbacks that were nested too deeply to reach the host (CALLBACK.DEPTH), and were answered with 0. */
  REFUSED_CALLBACKS: 92,
  /** uint64: address of `int pump(int milliseconds)`, which lets waiting callbacks of other threads through. */
  PUMP: 96,
  /** uint32: the agent's process, as Windows numbers it. */
  PROCESS_ID: 104,
  /** 1 while calls of the system are to be counted in WATCHED_TABLE. Written by the host. */
  WATCHES_SYSTEM: 108,

  /** Number of the last message from the host. */
  HOST_TURN: 128,
  /** Number of the last message from the agent. */
  AGENT_TURN: 192,
  /** 1 while the host blocks on its doorbell. */
  HOST_SLEEPS: 256,
  /** 1 while the agent blocks on its doorbell. */
  AGENT_SLEEPS: 320,

  /** The message from the host: one of TO_AGENT. */
  TO_AGENT_KIND: 384,
  /** Index of its plan. */
  TO_AGENT_PLAN: 388,
  /** Offset of its first frame, of the head of its columns, or of its bytes. */
  TO_AGENT_FRAME: 392,
  /** Number of its frames, rows or bytes. */
  TO_AGENT_COUNT: 396,
  /** uint64: where READ_MEMORY reads, and WRITE_MEMORY writes. */
  MEMORY_ADDRESS: 400,

  /** The message from the agent: one of TO_HOST. */
  TO_HOST_KIND: 448,
  /** Which stub was called. */
  TO_HOST_CALLBACK: 452,
  /** Offset of the callback's frame. */
  TO_HOST_FRAME: 456,
  /** Number of frames, rows or bytes that are done. */
  TO_HOST_COUNT: 460,

  /** Journal, written before each call: the plan of the frame that is being run. */
  JOURNAL_PLAN: 512,
  /** Index of that frame, or row. */
  JOURNAL_INDEX: 516,
  /** Depth of nested calls. */
  JOURNAL_DEPTH: 520,

  /** Faults recorded so far; the latest lies at FAULT_RING + (n - 1) % FAULT.COUNT * FAULT.BYTES. */
  FAULT_COUNT: 576,
  /** Faults outside any call that ended the process. */
  FATAL_COUNT: 580,

  /** Length in bytes of the text in IDENTITY. */
  IDENTITY_BYTES: 640,

  /** Threads of the DLL that wait for their turn to call back: for a call to be in flight, or for another callback. */
  WAITING_CALLBACKS: 704,
  /** Number of START messages whose frames are all done. The host polls it. */
  ASYNC_DONE: 768,
} as const;

export const HEADER_BYTES = 4096;

/** What the calling thread is doing, asked for when it does not return. Offsets in the file, within the header. */
export const INSPECTION = {
  /** int32: number of the host's last question. */
  ASKED: 2048,
  /** int32: number of the last question that the agent has answered. */
  ANSWERED: 2052,
  /** int32: number of the last question that it has begun to answer. */
  DRAFTED: 2344,
  /** int32 one of THREAD_STATE. */
  STATE: 2056,
  /** int32: 1 when the calling thread has ended while the process goes on. The agent rings the host for it, unasked. */
  CALLING_THREAD_ENDED: 2060,
  /** uint64: where in the DLL it is, or the function of the system that it was called for, or 0. */
  ADDRESS: 2064,
  /** uint64 base of the module that holds this address, or 0. */
  MODULE_BASE: 2072,
  /** The function of ntdll.dll in which it waits for the system: ASCII, NUL-terminated, empty when it does not. */
  SYSTEM_CALL: 2080,
  /** Size: bytes of SYSTEM_CALL. */
  SYSTEM_CALL_BYTES: 64,
  /** UTF-16 path of the module, NUL-terminated; FAULT.MODULE_NAME_CHARACTERS of them. */
  MODULE_NAME: 2144,
} as const;

/** When both sides spin for as long as they may, even where spinning has not paid of late. */
export const WIRE_RETRY = {
  /** Once in this many turns, a power of two, ... */
  TURNS: 256,
  /** ... for so many of them. */
  BURST: 16,
} as const;

/** One fault: what an exception that escaped a call said. */
export const FAULT = {
  /** Size: records of the ring. The agent answers early rather than record more than this in one message, so that none is lost. */
  COUNT: 63,
  /** Size: bytes of a record. */
  BYTES: 512,
  /** uint32 NTSTATUS. */
  CODE: 0,
  /** uint32 exception flags. */
  FLAGS: 4,
  /** uint64 address of the instruction. */
  ADDRESS: 8,
  /** uint32 number of parameters. */
  PARAMETERS: 16,
  /** uint64: for an access violation 0 read, 1 write, 8 execute. */
  PARAMETER_0: 24,
  /** uint64: for an access violation the address. */
  PARAMETER_1: 32,
  /** uint64 base of the module that holds the instruction, or 0. */
  MODULE_BASE: 40,
  /** uint32 thread id. */
  THREAD: 48,
  /** int32 bits of FAULT_TAINT: why the process is doubtful after it, or 0. The agent answers early after such a fault. */
  TAINTED: 52,
  /** UTF-16 path of that module, NUL-terminated. */
  MODULE_NAME: 56,
  /** Size: characters of MODULE_NAME. */
  MODULE_NAME_CHARACTERS: 100,
  /** Of an EXCEPTION_WINE_STUB: the DLL that it names. NUL-terminated, cut. */
  STUB_DLL: 256,
  /** Size: bytes of STUB_DLL. */
  STUB_DLL_BYTES: 64,
  /** The function that it says Wine has by name only, or `#` and an ordinal. NUL-terminated, cut. */
  STUB_NAME: 320,
  /** Size: bytes of STUB_NAME. */
  STUB_NAME_BYTES: 192,
} as const;

export const FAULT_RING = HEADER_BYTES;

/**
 * A record like those of the ring: the last exception on a thread that is in no call, written before anybody is asked about it. If the
 * process has ended with its code, and tells of no fatal fault, this was it.
 */
export const LAST_OUTSIDE = FAULT_RING + FAULT.COUNT * FAULT.BYTES;

/** One plan: how to make the calls of one function. Written by the host, read by the agent at each call. */
export const PLAN = {
  /** Size: plans of the table. */
  COUNT: 4096,
  /** Size: bytes of a plan. */
  BYTES: 64,
  /** uint64 address of the function. */
  FUNCTION: 0,
  /** int32 number of argument slots: at least 4 in an x64 agent, at least 2 in an ia32 agent. */
  SLOTS: 8,
  /** int32 bytes from one frame to the next. */
  STRIDE: 12,
  /** uint64 address of errno of the calling thread, or 0: no errno is set and read. */
  ERRNO_ADDRESS: 16,
  /** int32 one of CAPTURE. */
  CAPTURE: 24,
  /** int32 bytes of room for it at the end of each frame. */
  CAPTURE_BYTES: 28,
  /** int32 bits of PLAN_FLAG. */
  FLAGS: 32,
  /** uint64 address of the function that returns the address of errno, for threads other than the calling one; 0 = none. */
  ERRNO_FUNCTION: 40,
} as const;

export const PLAN_TABLE = FAULT_RING + 32768;

/** What the agent says of itself before the first message: JSON, or why it could not start. */
export const IDENTITY = PLAN_TABLE + PLAN.COUNT * PLAN.BYTES;
export const IDENTITY_BYTES = 4096;

/** One callback in flight; nested ones lie one after the other. */
export const CALLBACK = {
  /** Size: levels of nesting. */
  DEPTH: 64,
  /** Size: bytes of a frame. */
  BYTES: 256,
  /** Size: stubs of an agent. */
  STUBS: 1024,
  /** Size: bytes of a stub's code. */
  STUB_BYTES: 32,
  /** uint64 each: RCX, RDX, R8 and R9. In an ia32 agent ECX and EDX, zero-extended, then 0. */
  INTEGERS: 0,
  /** uint64 each: XMM0 to XMM3. In an ia32 agent 0. */
  FLOATS: 32,
  /** The first bytes of the stack arguments, copied: 12 slots of 8 bytes, or 24 of 4 bytes in an ia32 agent. */
  STACK: 64,
  /** Size: bytes of STACK. */
  STACK_BYTES: 96,
  /** Size: slots of STACK in an x64 agent. */
  STACK_SLOTS: 12,
  /** uint64: what the callback returns, for RAX, or EDX:EAX. Written by the host. */
  RESULT_INTEGER: 160,
  /** uint64: for XMM0, or on ia32 a double that becomes ST(0) (CALLBACK_FLAG.RESULT_X87). Written by the host. */
  RESULT_FLOAT: 168,
  /** uint64: where the stack arguments begin in the agent; what lies beyond the copy is read from there. */
  STACK_ADDRESS: 176,
  /** uint32: id of the thread that calls back. */
  THREAD: 184,
  /** int32: 1 when that is not the calling thread. */
  FOREIGN: 188,
} as const;

export const CALLBACK_FRAMES = IDENTITY + IDENTITY_BYTES;

/** How each stub returns to its caller. Written by the host when it hands out the stub; only an ia32 agent looks at it. */
export const STUB_RECORD = {
  /** Size: bytes of a record. */
  BYTES: 8,
  /** int32: bytes of arguments that the callback takes off the stack (stdcall, thiscall, fastcall). */
  POP_BYTES: 0,
  /** int32: bits of CALLBACK_FLAG. */
  FLAGS: 4,
} as const;

export const CALLBACK_TABLE = CALLBACK_FRAMES + CALLBACK.DEPTH * CALLBACK.BYTES;

/** Which functions of the system DLLs have called that are no builtins of Wine. The agent adds records, and counts in them. */
export const WATCHED = {
  /** Size: records of the table. */
  COUNT: 512,
  /** Size: bytes of a record. */
  BYTES: 96,
  /** uint32: how often it was called. */
  CALLS: 0,
  /** For example `KERNEL32.dll!GetTickCount`, or `WSOCK32.dll!#115`: NUL-terminated, cut. Empty: this record and all after it are unused. */
  NAME: 4,
  /** Size: bytes of NAME. */
  NAME_BYTES: 92,
} as const;

/** Before the heap: what a function writes behind the end of its buffer does not come here. */
export const WATCHED_TABLE = CALLBACK_TABLE + CALLBACK.STUBS * STUB_RECORD.BYTES;

/** Frames, and the memory behind pointer arguments, are taken from here to the end of the file. */
export const HEAP = WATCHED_TABLE + WATCHED.COUNT * WATCHED.BYTES;

/**
 * One call. Argument slots follow the head; the room for a captured string lies at the end of the frame. Frames, and
 * the bytes from one to the next, are multiples of 8.
 */
export const FRAME = {
  /** uint64, after the call: RAX; in an ia32 agent EDX:EAX. */
  INTEGER: 0,
  /** uint64, after the call: XMM0; in an ia32 agent ST(0) as a double (PLAN_FLAG.RESULT_X87). */
  FLOAT: 8,
  /** int32 one of FRAME_STATUS. */
  STATUS: 16,
  /** int32: the CRT's errno after the call; before it, what errno is set to. */
  ERRNO: 20,
  /** uint32: GetLastError() after the call. */
  LAST_ERROR: 24,
  /** int32: bytes captured, or -1 when the returned pointer could not be read. */
  CAPTURED: 28,
  /** int32: number of the fault (1 is the first of the agent), when the status is FAULTED. */
  FAULT: 32,
  /** int32: bits of FRAME_FLAG. */
  FLAGS: 36,
  /** int32: bytes that the function took off the stack. 0 in an x64 agent. */
  POPPED: 40,
  /**
   * Argument slots of a pointer's width each. In an x64 agent four for the registers, then the stack. In an ia32 agent
   * ECX, EDX, then the stack, lowest address first.
   */
  SLOTS: 48,
} as const;

/**
 * Many calls of one function whose arguments and result are numbers (TO_AGENT.COLUMNS): this head, then a COLUMN for each
 * parameter. `Place` means bytes from the start of the file. Results, codes and statuses are written row by row, so those
 * of the rows before the journal's index are good whatever becomes of the agent.
 */
export const COLUMNS = {
  /** int32 bytes of a call's argument slots, which lie as in a FRAME; at most MAX_SLOT_BYTES. */
  SLOT_BYTES: 0,
  /** int32 number of parameters. */
  COUNT: 4,
  /** int32 place of the results, one after the other. */
  RESULTS: 8,
  /** int32 one of COLUMN_RESULT. */
  RESULT_KIND: 12,
  /** int32 place of a uint32 for each row: the NTSTATUS of its fault, or 0. */
  CODES: 16,
  /** int32 place of a byte for each row: a FRAME_STATUS, with COLUMN_FLAG.FPU_CHANGED. */
  STATUSES: 20,
  /** int32, by the agent: how many rows faulted. */
  FAULTS: 24,
  /** int32, by the agent: how many rows changed the floating-point control words. */
  FPU_CHANGES: 28,
  /** int32, by the agent: 1 when all rows are done. */
  DONE: 32,
  /** int32: after each of so many rows at the beginning the agent looks at the floating-point control words. */
  CHECKED_ROWS: 36,
  /** uint32, by the agent: what GetLastError says after the last row. */
  LAST_ERROR: 40,
  /** int32 row and int32 number of the fault, for the latest FAULT.COUNT; the nth (from 1) lies at index (n - 1) % FAULT.COUNT. */
  FAULTED_ROWS: 48,
  /** The first COLUMN. */
  RECORDS: 48 + FAULT.COUNT * 8,
  /** Size: the most that SLOT_BYTES may say. */
  MAX_SLOT_BYTES: 128,
} as const;

/** The argument of one parameter in all rows. */
export const COLUMN = {
  /** Size: bytes of a column. */
  BYTES: 16,
  /** int32 place of the values, one after the other. */
  VALUES: 0,
  /** int32 bytes of a value: 1, 2, 4 or 8. The rest of its slot is 0. */
  WIDTH: 4,
  /** int32 bytes from the first slot. */
  SLOT: 8,
  /** int32: 1 when there is one value for all rows. */
  CONSTANT: 12,
} as const;
