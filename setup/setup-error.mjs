/** What a person sees when a step cannot do its work: what happened and where, what the program said, what to do next. */
export class SetupError extends Error {
  /**
   * @param {string} message What happened and where, in one sentence.
   * @param {{ readonly next?: string, readonly output?: readonly string[], readonly cause?: unknown }} [more]
   *   `next` is the step to take, `output` the last lines of the program that failed.
   */
  constructor(message, more = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'SetupError';
    this.next = more.next;
    this.output = more.output ?? [];
  }
}

/** Thrown out of a running step after Ctrl-C or SIGTERM. */
export class Interrupted extends Error {
  constructor() {
    super('set-up was interrupted');
    this.name = 'Interrupted';
  }
}
