// koffi's errors are plain Errors and TypeErrors with fixed texts; programs compare them, so the texts are koffi's own.

/** Throws a TypeError. */
export function wrongType(message: string): never {
  throw new TypeError(message);
}

/** Throws an Error. */
export function refuse(message: string): never {
  throw new Error(message);
}

/** `Expected 2 arguments, got 1` when there are fewer. */
export function needArguments(args: readonly unknown[], count: number, expected: string): void {
  if (args.length < count) wrongType(`Expected ${expected}, got ${args.length.toString()}`);
}

/** What cannot work in another process, why, and what to do instead. docs/guides/koffi.md lists the same. */
export const UNSUPPORTED = {
  view: {
    what: 'A view of this memory',
    why: 'it belongs to another process, and only memory of koffi.alloc() is shared with that',
    instead:
      'Use koffi.decode() for a copy and koffi.encode() to write, or have the function work on memory of koffi.alloc().',
  },
  poll: {
    what: 'koffi.node.poll()',
    why: 'sockets of the DLL belong to another process, whose event loop this is not',
    instead: 'Call a function of the DLL that waits, by its async member.',
  },
  env: {
    what: 'koffi.node.env',
    why: 'the DLL runs in another process than this Node',
    instead: 'Keep code that uses Node-API in an addon of this process.',
  },
} as const;

export class KoffiUnsupportedError extends Error {
  override readonly name = 'KoffiUnsupportedError';

  /** @param what is refused, in words that say more than those of the list */
  constructor(refused: keyof typeof UNSUPPORTED, what: string = UNSUPPORTED[refused].what) {
    const { why, instead } = UNSUPPORTED[refused];
    super(`${what} is not possible with dllparity/koffi on this system: ${why}. ${instead}`);
  }
}
