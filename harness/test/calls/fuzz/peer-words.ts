// What the two threads of a fuzz run agree on beside the protocol.

/** Words of the memory by which the host's thread steers the peer's. */
export const CTL = {
  /** The agent that is to run; another number ends it. */
  WANTED: 0,
  /** The last one that has ended. */
  ENDED: 1,
  CLOSED: 2,
  /** Nobody writes here: a wait on it is a sleep. */
  NOBODY: 3,
} as const;

/** An agent that the peer is to be. */
export interface Serve {
  readonly number: number;
  readonly seed: number;
  readonly memoryFd: number;
  readonly bellFd: number;
  readonly isHonest: boolean;
}

/** Where the peer says that it has the shared memory. */
export const BASE = 0x10000000n;

/** Functions that the header names. */
export const SYSTEM = {
  CALLBACK_STUBS: 0x5000n,
  LOAD_LIBRARY: 0x7000n,
  GET_PROC_ADDRESS: 0x7010n,
  FREE_LIBRARY: 0x7020n,
  GET_MODULE_FILE_NAME: 0x7030n,
  PUMP: 0x7050n,
} as const;

export const ADDRESSES = { MODULE: 0x400000n, TEXT: 0x500000n } as const;

/** Functions of the peer's DLL. */
export const FUNCTIONS: Readonly<Record<string, bigint>> = {
  twist: 0x6000n,
  apply: 0x6010n,
  text: 0x6020n,
  fill: 0x6030n,
  fails: 0x6040n,
  GetCurrentThreadId: 0x6050n,
};

/** What `twist` returns. */
export function twisted(value: number): number {
  return Number((BigInt(value) * 2654435761n) & 0x7fffffffn);
}
