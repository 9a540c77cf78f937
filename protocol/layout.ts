// The shared file, byte for byte. The agent's C side reads the same numbers from agent/native/layout.h, which is
// generated from this file (`npm run generate`) and checked by `npm run check`.
//
// Offsets are bytes from the start of the file and multiples of the alignment of what lies there; the guest address of
// an offset is `BASE_ADDRESS + offset`. All integers are little-endian.

/** Header words (int32 unless noted). Words that one side spins on have a cache line (64 bytes) of their own. */
export const HEADER = {
  MAGIC: 0,
  PROTOCOL: 4,
  FILE_BYTES: 8,
  /** One of AGENT_STATE. */
  AGENT_STATE: 12,
  AGENT_PROTOCOL: 16,
  /** 8 in an x64 agent, 4 in an ia32 agent. */
  POINTER_BYTES: 20,
  /** uint64: where the agent has mapped the file. */
  BASE_ADDRESS: 24,
  /** uint64: address of callback stub 0; stub n lies CALLBACK.STUB_BYTES * n further. */
  CALLBACK_STUBS: 32,
  /** uint64 each: addresses of what the host calls before it has loaded anything. */
  LOAD_LIBRARY: 40,
  GET_PROC_ADDRESS: 48,
  FREE_LIBRARY: 56,
  GET_MODULE_FILE_NAME: 64,
  COPY_MEMORY: 72,
  /** Upper bound of the agent's spin in time-stamp-counter cycles; 0 = block at once. Written by the host. */
  SPIN_CYCLES: 80,
  /** Callbacks that arrived on a thread other than the calling one, and were answered with 0. */
  FOREIGN_CALLBACKS: 84,

  /** uint32: LAYOUT_FINGERPRINT of the agent. */
  AGENT_LAYOUT: 88,

  /** Number of the last message from the host. */
  HOST_TURN: 128,
  /** Number of the last message from the agent. */
  AGENT_TURN: 192,
  /** 1 while the host blocks on its doorbell. */
  HOST_SLEEPS: 256,
  /** 1 while the agent blocks on its doorbell. */
  AGENT_SLEEPS: 320,

  /** The message from the host: kind, plan, frame offset, number of frames. */
  TO_AGENT_KIND: 384,
  TO_AGENT_PLAN: 388,
  TO_AGENT_FRAME: 392,
  TO_AGENT_COUNT: 396,

  /** The message from the agent: kind, callback id and callback frame offset, or number of frames that were run. */
  TO_HOST_KIND: 448,
  TO_HOST_CALLBACK: 452,
  TO_HOST_FRAME: 456,
  TO_HOST_COUNT: 460,

  /** Journal, written before each call: plan and index of the frame that is being run, and the depth of nested calls. */
  JOURNAL_PLAN: 512,
  JOURNAL_INDEX: 516,
  JOURNAL_DEPTH: 520,

  /** Faults recorded so far; the latest lies at FAULT_RING + (n - 1) % FAULT.COUNT * FAULT.BYTES. */
  FAULT_COUNT: 576,
  /** Faults outside any call that ended the process. */
  FATAL_COUNT: 580,

  /** Length in bytes of the JSON text in CONTROL. */
  CONTROL_BYTES: 640,
} as const;

export const HEADER_BYTES = 4096;

/** One fault: what an exception that escaped a call said. */
export const FAULT = {
  /** The agent answers early rather than record more than this in one message, so that none is lost. */
  COUNT: 63,
  BYTES: 256,
  /** uint32 NTSTATUS. */
  CODE: 0,
  /** uint32 exception flags. */
  FLAGS: 4,
  /** uint64 address of the instruction. */
  ADDRESS: 8,
  /** uint32 number of parameters, then uint64 each: for an access violation 0 read, 1 write, 8 execute; and the address. */
  PARAMETERS: 16,
  PARAMETER_0: 24,
  PARAMETER_1: 32,
  /** uint64 base of the module that holds the instruction, or 0. */
  MODULE_BASE: 40,
  /** uint32 thread id. */
  THREAD: 48,
  /** UTF-16 path of that module, NUL-terminated. */
  MODULE_NAME: 56,
  MODULE_NAME_CHARACTERS: 100,
} as const;

export const FAULT_RING = HEADER_BYTES;

/** One plan: how to make the calls of one function. Written by the host, read by the agent at each call. */
export const PLAN = {
  COUNT: 4096,
  BYTES: 64,
  /** uint64 address of the function. */
  FUNCTION: 0,
  /** int32 number of argument slots (at least 4: the x64 ABI has four register arguments). */
  SLOTS: 8,
  /** int32 bytes from one frame to the next. */
  STRIDE: 12,
  /** uint64 address of errno of the calling thread, or 0. */
  ERRNO_ADDRESS: 16,
  /** int32 one of CAPTURE. */
  CAPTURE: 24,
  /** int32 bytes of room for it at the end of each frame. */
  CAPTURE_BYTES: 28,
} as const;

export const PLAN_TABLE = FAULT_RING + 16384;

/** JSON between the host and the agent's JavaScript, for what is not a call. */
export const CONTROL = PLAN_TABLE + PLAN.COUNT * PLAN.BYTES;
export const CONTROL_BYTES = 65536;

/** One callback in flight; nested ones lie one after the other. */
export const CALLBACK = {
  DEPTH: 64,
  BYTES: 256,
  STUBS: 1024,
  STUB_BYTES: 32,
  /** Four integer registers, four floating-point registers (uint64 each), then stack arguments. */
  INTEGERS: 0,
  FLOATS: 32,
  STACK: 64,
  STACK_SLOTS: 12,
  /** What the callback returns, as RAX and as XMM0. */
  RESULT_INTEGER: 160,
  RESULT_FLOAT: 168,
} as const;

export const CALLBACK_FRAMES = CONTROL + CONTROL_BYTES;

/** Frames, and the memory behind pointer arguments, are taken from here to the end of the file. */
export const HEAP = CALLBACK_FRAMES + CALLBACK.DEPTH * CALLBACK.BYTES;

/** One call. Argument slots follow the head; the room for a captured string lies at the end of the frame. */
export const FRAME = {
  /** RAX and XMM0 after the call, uint64 each. */
  INTEGER: 0,
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
  SLOTS: 40,
  SLOT_BYTES: 8,
} as const;
