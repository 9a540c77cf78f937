import { z } from 'zod';
import { bytes, index, name, narrow, numbers, plain, size, whole, wide } from './plain-values.ts';

type Plain = z.infer<typeof plain>;

/** An argument as it is written: of these keys it has those of one form. */
export interface WrittenArgument {
  readonly str?: string | undefined;
  readonly wstr?: string | undefined;
  readonly null?: true | undefined;
  readonly type?: string | undefined;
  readonly value?: Plain | readonly Plain[] | undefined;
  readonly out?: string | undefined;
  readonly inout?: string | undefined;
  readonly in?: string | undefined;
  readonly size?: number | undefined;
  readonly name?: string | undefined;
  readonly init?: Plain | readonly Plain[] | undefined;
  readonly values?: readonly Plain[] | undefined;
  readonly bytes?: string | undefined;
  readonly wchars?: readonly Plain[] | undefined;
  readonly struct?: string | undefined;
  readonly fields?: Readonly<Record<string, WrittenMember>> | undefined;
  readonly after?: readonly string[] | undefined;
  readonly data?: string | undefined;
  readonly ref?: number | undefined;
  readonly relTo?: number | undefined;
  readonly offset?: number | undefined;
  readonly va_list?: readonly WrittenArgument[] | undefined;
  readonly vaList?: readonly WrittenArgument[] | undefined;
  readonly argArray?: readonly WrittenArgument[] | undefined;
  readonly callback?: string | undefined;
}

/** A member of a struct before the call: a value, a list, what its pointer leads to, or a struct. */
export type WrittenMember = Plain | readonly Plain[] | WrittenArgument | { readonly [member: string]: WrittenMember };

const member: z.ZodType<WrittenMember> = z
  .lazy(() => z.union([plain, numbers, argument, z.record(z.string(), member)]))
  .meta({ id: 'member' });
const members = z.record(z.string(), member);
const list: z.ZodType<WrittenArgument[]> = z.lazy(() => z.array(argument)).meta({ id: 'arguments' });
const yes = z.literal(true, { error: 'must be true' });

/** An argument, in prototype order. The first key of each form says which it is. */
export const argument: z.ZodType<WrittenArgument> = z
  .union([
    z.strictObject({ str: narrow }),
    z.strictObject({ wstr: wide }),
    z.strictObject({ null: yes }).describe('The null pointer.'),
    z.strictObject({ type: name, value: plain }).describe('A value, passed as it is.'),
    z
      .strictObject({
        out: name,
        size: size.optional(),
        name: name.optional(),
        init: z.union([z.number(), z.string(), numbers]).optional(),
      })
      .describe('Memory of `size` elements that the function writes to; `init` is in it before.'),
    z
      .strictObject({
        inout: name,
        size: size.optional(),
        name: name.optional(),
        value: numbers.optional(),
        str: narrow.optional(),
        wstr: wide.optional(),
        bytes: bytes.optional(),
        fields: members.optional(),
        after: z.array(name).optional(),
        data: narrow.optional(),
      })
      .describe('Memory with content that the function may change.'),
    z.strictObject({ in: name, values: numbers }).describe('A pointer to these values.'),
    z.strictObject({ bytes }).describe('A pointer to these bytes.'),
    z.strictObject({ wchars: numbers }).describe('A pointer to these UTF-16 units, terminator included.'),
    z
      .strictObject({ struct: name, fields: members })
      .describe('A struct: behind a pointer, or by value where the prototype says so.'),
    z
      .strictObject({ ref: index, offset: whole.optional() })
      .describe('A pointer into argument `ref`, `offset` elements in.'),
    z
      .strictObject({ relTo: index, offset: whole.optional() })
      .describe('A pointer into argument `relTo`, `offset` bytes in.'),
    z.strictObject({ va_list: list }).describe('A va_list with these arguments.'),
    z.strictObject({ vaList: list }).describe('A pointer to a va_list with these arguments.'),
    z.strictObject({ argArray: list }).describe('An array of values as wide as a pointer.'),
    z.strictObject({ callback: name }).describe('A function, by what it does in words.'),
  ])
  .meta({ id: 'argument' });
