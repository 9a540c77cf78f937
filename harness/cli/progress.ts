/** How far a command is: one line that changes in a terminal, a line now and then elsewhere. */
export class Progress {
  readonly #total: number;
  readonly #runtime: string;
  readonly #things: string;
  readonly #every: number;
  #done = 0;
  #last = 0;

  /**
   * @param things what is counted, for example `facts`
   * @param every how many make a line where there is no terminal
   */
  constructor(total: number, runtime: string, things: string, every: number) {
    this.#total = total;
    this.#runtime = runtime;
    this.#things = things;
    this.#every = every;
  }

  next(): void {
    this.#done++;
    if (!process.stderr.isTTY) {
      if (this.#done % this.#every === 0) process.stderr.write(`${this.#text()}\n`);
      return;
    }
    // Nobody reads faster, and each line costs more than a call.
    const now = performance.now();
    if (now - this.#last < 50) return;
    this.#last = now;
    process.stderr.write(`\r${this.#text()}`);
  }

  end(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  }

  #text(): string {
    return `${this.#runtime}: ${String(this.#done)} of ${String(this.#total)} ${this.#things}`;
  }
}
