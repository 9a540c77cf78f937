// Files that a DLL may have put there: what looks like one may be a pipe that nobody writes to, a device without an end, or a link.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** More than any DLL has. */
export const MAX_IMAGE_BYTES = 1 << 30;

/** Opens a file for reading. It never waits: of what is no file, such as a named pipe, whoever looks at it (fstat) is told so. */
export function openWithoutWaiting(path: string): number {
  return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
}

/**
 * The bytes of a file.
 *
 * @param maxBytes a larger one is refused
 * @param isOurs whether nobody else can have put a link in its place; one is refused otherwise
 * @throws what the system says, and an Error for what is no file or too large
 */
export function readRegularFile(path: string, maxBytes: number, isOurs = false): Buffer {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | (isOurs ? 0 : constants.O_NOFOLLOW));
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile()) throw new Error(`${path} is not a file`);
    if (stat.size > maxBytes)
      throw new Error(`${path} has ${stat.size.toString()} bytes; at most ${maxBytes.toString()} are read`);
    const bytes = Buffer.alloc(stat.size);
    let filled = 0;
    while (filled < bytes.length) {
      const read = readSync(fd, bytes, filled, bytes.length - filled, filled);
      if (read === 0) break; // It was cut off meanwhile.
      filled += read;
    }
    return bytes.subarray(0, filled);
  } finally {
    closeSync(fd);
  }
}
