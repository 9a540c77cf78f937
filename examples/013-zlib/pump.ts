// The loop that every program with a z_stream has: feed what is there, take what comes out.
import { type Agent, sizeOf } from 'dllparity';
import { Code, Flush, z_stream, zlib } from './zlib1.ts';

/** Room for one step, each way: small, so that there are many. */
const STEP = 256;

/** Compresses or expands through a stream of the DLL, `STEP` bytes at a time. */
export function pump(agent: Agent, direction: 'deflate' | 'inflate', source: Uint8Array): Buffer {
  const dll = agent.load(zlib);
  const { OK, STREAM_END } = Code.values;
  // The DLL remembers the address of the stream, and keeps pointers in it from one call to the next: both need memory that stays.
  const size = sizeOf(z_stream, agent.pointerBytes);
  using place = agent.buffer(size);
  using input = agent.buffer(STEP);
  using output = agent.buffer(STEP);
  const stream = place.pointer;
  const change = (members: object): void => {
    stream.write(z_stream, { ...stream.read(z_stream), ...members });
  };

  const version = dll.zlibVersion();
  const begun =
    direction === 'deflate' ? dll.deflateInit(stream, 6, version, size) : dll.inflateInit(stream, version, size);
  if (begun !== OK) throw new Error(`zlib does not begin: ${begun.toString()}`);
  const parts: Buffer[] = [];
  try {
    for (let at = 0, code: number = OK; code !== STREAM_END; at += STEP) {
      const piece = source.subarray(at, at + STEP);
      input.bytes.set(piece);
      change({ next_in: input.pointer, avail_in: piece.length });
      const flush = at + STEP < source.length ? Flush.values.NO_FLUSH : Flush.values.FINISH;
      do {
        change({ next_out: output.pointer, avail_out: STEP });
        code = direction === 'deflate' ? dll.deflate(stream, flush) : dll.inflate(stream, flush);
        const { avail_out, msg } = stream.read(z_stream);
        if (code < 0 && avail_out > 0) throw new Error(`zlib: ${msg?.text() ?? code.toString()}`);
        parts.push(Buffer.from(output.bytes.subarray(0, STEP - avail_out)));
        if (avail_out > 0) break;
      } while (code !== STREAM_END);
    }
  } finally {
    if (direction === 'deflate') dll.deflateEnd(stream);
    else dll.inflateEnd(stream);
  }
  return Buffer.concat(parts);
}
