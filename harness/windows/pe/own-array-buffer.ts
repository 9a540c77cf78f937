/**
 * A copy of bytes in an ArrayBuffer of their own. pe-library looks at the buffer behind a small `Buffer`, which is Node's shared pool, and
 * would read what lies beyond the end of a file that is cut off.
 */
export function ownArrayBuffer(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.length);
  new Uint8Array(copy).set(bytes);
  return copy;
}
