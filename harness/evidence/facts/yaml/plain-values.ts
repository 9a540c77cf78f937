// What facts are written with: numbers and texts.
import { z } from 'zod';

/** The text of a number. Of a double, hexadecimal digits are its bits. */
export const NUMBER_TEXT = /^(-?0x[0-9a-f]+|[+-]?\d+(\.\d+)?(e[+-]?\d+)?|[+-]?inf|-?nan)$/i;

const aboutNumbers =
  'A number; as text where it is beyond 2^53, hexadecimal, or one of "inf", "-inf", "nan", "-0". Of a double, "0x..." are the bits.';

export const plain = z
  .union([
    z.number(),
    z.string().regex(NUMBER_TEXT, {
      error: 'must be a number, or the text of one such as "0x1f", "-9223372036854775808", "inf", "nan"',
    }),
  ])
  .meta({ id: 'number', description: aboutNumbers });

export const numbers = z.array(plain);

export const bytes = z
  .string()
  .regex(/^([0-9a-f]{2})*$/i, {
    error: 'must be bytes in hexadecimal, an even number of digits without spaces: "0aff"',
  })
  .meta({ id: 'bytes', description: 'Bytes in hexadecimal: "0aff".' });

export const narrow = z
  .string()
  .regex(/^[\u0000-\u00ff]*$/, {
    error: 'has characters beyond U+00FF: each character is one byte here. Use "wstr" for UTF-16, or "bytes"',
  })
  .meta({
    id: 'narrow',
    description: 'Text of bytes: each character, up to U+00FF, is one byte. Its terminator is added.',
  });

export const wide = z.string().meta({ id: 'wide', description: 'Text in UTF-16. Its terminator is added.' });

export const hex32 = z
  .string()
  .regex(/^0x[0-9a-f]{1,8}$/i, { error: 'must be a hexadecimal number of 32 bits: "0xfff80001"' });
export const name = z.string().trim().min(1, { error: 'must not be empty' });
export const whole = z.int();
export const index = z.int().min(0).max(63);
export const size = z
  .int()
  .min(0)
  .max(1 << 20);
