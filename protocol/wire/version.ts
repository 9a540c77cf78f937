/** Raised by one with every change of layout.ts or messages.ts; both sides refuse to talk across different numbers. */
export const PROTOCOL_VERSION = 9;

/** First word of the shared memory: the bytes `DLLP`. */
export const MAGIC = 0x504c4c44;
