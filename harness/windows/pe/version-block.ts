import { BadImage } from './image-file.ts';

/** One block of a version resource: VS_VERSIONINFO, StringFileInfo, StringTable and String are all built like this (verrsrc.h). */
export interface VersionBlock {
  readonly key: string;
  /** The bytes of a binary value, none where the value is a text. */
  readonly value: Buffer;
  /** The text of a value, without its closing zero; empty where the value is binary. */
  readonly text: string;
  readonly children: readonly VersionBlock[];
}

/** wLength, wValueLength, wType: 16 bits each. */
const HEAD_BYTES = 6;
const TEXT = 1;
/** VS_VERSIONINFO holds StringFileInfo, that holds tables, and those hold texts: nothing lies deeper. */
const MAX_DEPTH = 4;

/**
 * Reads a version resource. Lengths are taken from the bytes: a block ends at the latest where the one around it does, and one that is
 * shorter than its own head, as padding is, ends its row.
 *
 * @throws BadImage where it is too short to be one
 */
export function readVersionBlock(bytes: Buffer): VersionBlock {
  const found = blockAt(bytes, 0, bytes.length, 1);
  if (found === undefined) throw new BadImage('damaged: its version resource is cut off');
  return found.block;
}

function blockAt(bytes: Buffer, start: number, limit: number, depth: number): Found | undefined {
  if (start + HEAD_BYTES > limit) return undefined;
  const length = bytes.readUInt16LE(start);
  if (length < HEAD_BYTES) return undefined;
  const end = Math.min(start + length, limit);
  const isText = bytes.readUInt16LE(start + 4) === TEXT;
  const [key, keyEnd] = wideText(bytes, start + HEAD_BYTES, end);

  const valueStart = Math.min(aligned(keyEnd), end);
  // The length of a text is in characters, though some tools count bytes.
  const valueBytes = bytes.readUInt16LE(start + 2) * (isText ? 2 : 1);
  const valueEnd = Math.min(valueStart + valueBytes, end);
  const block = {
    key,
    value: isText ? bytes.subarray(0, 0) : bytes.subarray(valueStart, valueEnd),
    text: isText ? wideText(bytes, valueStart, valueEnd)[0] : '',
    children: depth < MAX_DEPTH ? blocksIn(bytes, aligned(valueEnd), end, depth + 1) : [],
  };
  return { block, end };
}

interface Found {
  readonly block: VersionBlock;
  /** Where it ends, not yet aligned. */
  readonly end: number;
}

function blocksIn(bytes: Buffer, start: number, limit: number, depth: number): VersionBlock[] {
  const blocks: VersionBlock[] = [];
  // A block is longer than its head: each turn goes on.
  for (let at = start; ;) {
    const found = blockAt(bytes, at, limit, depth);
    if (found === undefined) return blocks;
    blocks.push(found.block);
    at = aligned(found.end);
  }
}

/** A text up to its closing zero or to `limit`, and where what follows it begins. */
function wideText(bytes: Buffer, start: number, limit: number): [text: string, end: number] {
  let end = start;
  while (end + 2 <= limit && bytes.readUInt16LE(end) !== 0) end += 2;
  return [bytes.toString('utf16le', start, end), Math.min(end + 2, limit)];
}

const aligned = (offset: number): number => (offset + 3) & ~3;
