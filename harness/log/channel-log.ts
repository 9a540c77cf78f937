import type { Logger } from 'pino';
import type { CallNumber, LineLevel } from './log-line.ts';

/** What every line of a log is tagged with. */
export interface LineTags {
  readonly agent?: string;
  readonly call?: CallNumber;
}

/** Further fields of one line; they must survive JSON. An `Error` goes under `err`. */
export type LineFields = Readonly<Record<string, unknown>>;

/**
 * Speaks on one channel, with tags.
 *
 * All speakers of a channel share one pino logger, so that a change of level reaches each of them at once and a speaker made
 * for a single call costs nothing but itself.
 */
export class ChannelLog {
  readonly #logger: Logger;
  readonly #tags: LineTags;

  constructor(logger: Logger, tags: LineTags = {}) {
    this.#logger = logger;
    this.#tags = tags;
  }

  /** The same channel with further tags. */
  with(tags: LineTags): ChannelLog {
    return new ChannelLog(this.#logger, { ...this.#tags, ...tags });
  }

  /** Whether a line of this level would be kept: ask before building an expensive one. */
  enabled(level: LineLevel): boolean {
    return this.#logger.isLevelEnabled(level);
  }

  line(level: LineLevel, text: string, fields?: LineFields): void {
    if (this.#logger.isLevelEnabled(level)) this.#logger[level]({ ...this.#tags, ...fields }, text);
  }

  trace(text: string, fields?: LineFields): void {
    this.line('trace', text, fields);
  }

  debug(text: string, fields?: LineFields): void {
    this.line('debug', text, fields);
  }

  info(text: string, fields?: LineFields): void {
    this.line('info', text, fields);
  }

  warn(text: string, fields?: LineFields): void {
    this.line('warn', text, fields);
  }

  error(text: string, fields?: LineFields): void {
    this.line('error', text, fields);
  }
}
