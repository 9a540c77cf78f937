import { FILL } from './out-buffer.ts';

/**
 * The content of a buffer up to its last unit that is not fill, one character a unit: what a function has written, NULs
 * included. Fill beyond is untouched room.
 */
export function writtenPart(memory: Uint8Array | Uint16Array): string {
  const fill = memory.BYTES_PER_ELEMENT === 2 ? FILL * 0x101 : FILL;
  let end = memory.length;
  while (end > 0 && memory[end - 1] === fill) end--;
  let text = '';
  for (let i = 0; i < end; i++) text += String.fromCharCode(memory[i] ?? 0);
  return text;
}
