import type { Decoders } from '../values/decode.ts';
import type { Encoders } from '../values/encode.ts';

/** Both ways between values and memory. */
export interface Converters {
  readonly decoders: Decoders;
  readonly encoders: Encoders;
}
