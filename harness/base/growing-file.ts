import { closeSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * A file that is written piece by piece and is too large to be held in memory, which `write-file-atomic` asks for. It has another
 * name until it is complete: nobody reads half of it, and what was there before stays until then.
 */
export class GrowingFile {
  readonly path: string;
  readonly #temporary: string;
  #fd: number | undefined;

  /** The name of a file of this process before it is complete: for whoever cleans up after a process that was ended. */
  static unfinished(path: string): string {
    return `${path}.${process.pid.toString()}.tmp`;
  }

  /** @throws what the file system says, as all of these do; then `abandon` is for the caller to call */
  constructor(path: string) {
    this.path = path;
    this.#temporary = GrowingFile.unfinished(path);
    this.#fd = openSync(this.#temporary, 'w');
  }

  /** Writes all of it: a full disk is an error, and no part. */
  write(data: string | Uint8Array): void {
    if (this.#fd === undefined) throw new Error(`internal: ${this.path} is closed`);
    writeFileSync(this.#fd, data);
  }

  /** Gives the complete file its name. */
  commit(): void {
    this.#close();
    renameSync(this.#temporary, this.path);
  }

  /** Leaves no file behind, after a `commit` that has failed too. */
  abandon(): void {
    this.#close();
    rmSync(this.#temporary, { force: true });
  }

  #close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }
}
