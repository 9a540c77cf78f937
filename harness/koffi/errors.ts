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

/** What cannot work in another process: says why, and what to do instead. */
export class KoffiUnsupportedError extends Error {
  override readonly name = 'KoffiUnsupportedError';

  constructor(what: string, why: string, instead: string) {
    super(`${what} is not possible with dllparity/koffi on this system: ${why}. ${instead}`);
  }
}
