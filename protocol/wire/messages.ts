// Both directions of the wire on one screen. The two sides take turns: whoever has sent a message waits for the answer,
// so a message is complete when its sender's turn number has moved, and nothing is ever queued.

/** Host -> agent. */
export const TO_AGENT = {
  /** Run COUNT frames of PLAN. Answered by RETURNED; any number of CALLBACK may come before it. */
  CALL: 1,
  /** The result of a callback lies in its frame; go on with the call that made it. */
  CALLBACK_RETURN: 2,
  /** End the process. Not answered. */
  END: 3,
  /**
   * Run COUNT frames of PLAN on a thread of the pool. Answered by RETURNED at once, with COUNT, or with 0 when there is
   * no thread to run them. The frames' STATUS says when each is done, HEADER.ASYNC_DONE how many of these messages are.
   */
  START: 4,
  /**
   * Call the function of PLAN COUNT times, with the arguments in the columns of the COLUMNS at FRAME. Answered as CALL is,
   * with COUNT.
   */
  COLUMNS: 5,
  /**
   * Copy COUNT bytes of the process at HEADER.MEMORY_ADDRESS to FRAME in the shared memory. Answered by RETURNED with COUNT, or with -1
   * when not all of them can be read; no CALLBACK comes before it.
   */
  READ_MEMORY: 6,
  /** The same the other way, from FRAME to the process. After -1 any part of them may have been written. */
  WRITE_MEMORY: 7,
} as const;

/** Agent -> host. */
export const TO_HOST = {
  /** The frames are done. */
  RETURNED: 1,
  /** The function calls back: CALLBACK names which, FRAME holds the arguments and awaits the result. */
  CALLBACK: 2,
} as const;

/** Life of an agent, as it says itself. */
export const AGENT_STATE = {
  NONE: 0,
  BOOTING: 1,
  READY: 2,
  /** The text in IDENTITY says why. */
  FAILED: 3,
  /** The process is ending in an orderly way: the DLL, or the host, has asked for it. */
  EXITING: 4,
} as const;

/** What has become of a frame. */
export const FRAME_STATUS = {
  NOT_RUN: 0,
  RUNNING: 1,
  RETURNED: 2,
  FAULTED: 3,
  /** The thread of the pool that ran it, or would have, has ended. */
  THREAD_ENDED: 4,
} as const;

/** What the calling thread was found doing. */
export const THREAD_STATE = {
  UNKNOWN: 0,
  /** It computes. */
  RUNNING: 1,
  /** It is in Sleep. */
  SLEEPING: 2,
  /** It waits for something: an event, a lock, input. */
  WAITING: 3,
  /** Somebody has suspended it. */
  SUSPENDED: 4,
  EXITED: 5,
} as const;

/** Remarks on a frame that returned. */
export const FRAME_FLAG = {
  /** The function left other floating-point control words than it found, or values on the x87 stack; the agent has restored both. */
  FPU_CHANGED: 1,
} as const;

/** Why a process is doubtful after a fault from which it was recovered. */
export const FAULT_TAINT = {
  /** The stack could not be walked: nothing between the fault and the call was undone. */
  HARD: 1,
  /** The stack overflowed, wherever its functions happened to be. */
  STACK_OVERFLOW: 2,
  /** Raised inside ntdll, which manages the heap, or STATUS_HEAP_CORRUPTION. */
  HEAP: 4,
  /** The instruction lies in no module: one that was unloaded, or no code at all. */
  UNLOADED: 8,
} as const;

/** How results become a column: the width of what is stored of RAX, XMM0, EDX:EAX or ST(0). */
export const COLUMN_RESULT = {
  NONE: 0,
  INTEGER_1: 1,
  INTEGER_2: 2,
  INTEGER_4: 3,
  INTEGER_8: 4,
  /** 1 byte: 0 or 1. */
  BOOL: 5,
  FLOAT: 6,
  DOUBLE: 7,
} as const;

/** Bits of a row's status beside its FRAME_STATUS. */
export const COLUMN_FLAG = {
  /** As FRAME_FLAG.FPU_CHANGED. */
  FPU_CHANGED: 128,
} as const;

/** What else there is to know of a plan. */
export const PLAN_FLAG = {
  /** ia32: the result is a floating-point number in ST(0). */
  RESULT_X87: 1,
  /** ia32, with RESULT_X87: the frame takes it as a float, as XMM0 would hold it, and not as a double. */
  RESULT_SINGLE: 2,
} as const;

/** What else there is to know of a callback stub. */
export const CALLBACK_FLAG = {
  /** ia32: RESULT_FLOAT goes to ST(0). */
  RESULT_X87: 1,
} as const;

/** What the agent copies into the frame right after a call, before the next one can overwrite it. */
export const CAPTURE = {
  NONE: 0,
  /** The NUL-terminated bytes behind the returned pointer. */
  CHARACTERS: 1,
  /** The same with 16-bit units. */
  WIDE_CHARACTERS: 2,
} as const;
