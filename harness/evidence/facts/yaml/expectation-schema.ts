import { z } from 'zod';
import { bytes, hex32, index, name, narrow, numbers, plain, whole, wide } from './plain-values.ts';

type Plain = z.infer<typeof plain>;

/** A check as it is written: of these keys it has those of one form, or else the names of a struct's members. */
export type WrittenCheck =
  Plain | string | null | readonly Plain[] | WrittenForm | { readonly [member: string]: WrittenCheck };

export interface WrittenForm {
  readonly null?: boolean | undefined;
  readonly str?: string | undefined;
  readonly wstr?: string | undefined;
  readonly wstrNoCase?: string | undefined;
  readonly startsWith?: string | undefined;
  readonly prefix?: string | undefined;
  readonly wprefix?: string | undefined;
  readonly bytes?: string | undefined;
  readonly wchars?: readonly Plain[] | undefined;
  readonly values?: readonly Plain[] | undefined;
  readonly length?: number | undefined;
  readonly strlen?: number | undefined;
  readonly ref?: number | undefined;
  readonly relTo?: number | undefined;
  readonly offset?: number | undefined;
  readonly offsetInFirst?: number | undefined;
  readonly truthy?: boolean | undefined;
  readonly sign?: -1 | 0 | 1 | undefined;
  readonly nan?: true | undefined;
  readonly negative?: boolean | undefined;
  readonly high32?: string | undefined;
  readonly finite?: boolean | undefined;
  readonly approx?: Plain | undefined;
  readonly ulps?: number | undefined;
  readonly absTol?: number | undefined;
  readonly anyOf?: readonly WrittenCheck[] | undefined;
  readonly not?: WrittenCheck | undefined;
  readonly struct?: string | undefined;
  readonly fields?: { readonly [member: string]: WrittenCheck } | undefined;
}

const lazyCheck: z.ZodType<WrittenCheck> = z.lazy(() => check).meta({ id: 'expected' });
const members = z.record(z.string(), lazyCheck);

const FORMS = [
  z.strictObject({ null: z.boolean() }).describe('Whether the pointer is null.'),
  z.strictObject({ str: narrow }).describe('The text up to its terminator.'),
  z.strictObject({ wstr: wide }).describe('The UTF-16 text up to its terminator.'),
  z.strictObject({ wstrNoCase: wide }).describe('As `wstr`; upper and lower case are the same.'),
  z.strictObject({ startsWith: z.string() }).describe('How the text begins.'),
  z.strictObject({ prefix: narrow }).describe('The leading characters; a NUL may be among them.'),
  z.strictObject({ wprefix: wide }).describe('The leading UTF-16 units; a NUL may be among them.'),
  z.strictObject({ bytes }).describe('The leading bytes.'),
  z.strictObject({ wchars: numbers }).describe('The leading UTF-16 units.'),
  z.strictObject({ values: numbers }).describe('The leading elements.'),
  z.strictObject({ length: z.int().min(0) }).describe('How many characters stand before the terminator.'),
  z.strictObject({ strlen: z.int().min(0) }).describe('How many characters stand before the terminator.'),
  z
    .strictObject({ ref: index, offset: whole.optional() })
    .describe('A pointer into argument `ref`, `offset` elements in.'),
  z
    .strictObject({ relTo: index, offset: whole.optional() })
    .describe('A pointer into argument `relTo`, `offset` bytes in.'),
  z
    .strictObject({ offsetInFirst: whole })
    .describe('A pointer into the text of the first call, `offsetInFirst` bytes in.'),
  z.strictObject({ truthy: z.boolean() }).describe('Whether it is other than 0.'),
  z.strictObject({ sign: z.literal([-1, 0, 1]) }).describe('The sign alone.'),
  z
    .strictObject({ nan: z.literal(true), negative: z.boolean().optional() })
    .describe('Any NaN, or one with that sign.'),
  z.strictObject({ high32: hex32 }).describe('The upper half of the bits of a double.'),
  z.strictObject({ finite: z.boolean() }).describe('Whether it is neither infinite nor NaN.'),
  z
    .strictObject({ approx: plain, ulps: z.number().min(0).optional(), absTol: z.number().min(0).optional() })
    .describe('About this number: at most `ulps` units in the last place, or `absTol`, away.'),
  z.strictObject({ anyOf: z.array(lazyCheck).min(1) }).describe('One of these.'),
  z.strictObject({ not: lazyCheck }).describe('Not this.'),
  z
    .strictObject({ struct: name.optional(), fields: members })
    .describe('Members of a struct, those that are asserted.'),
] as const;

/** The keys that make an object one of the forms. */
export const FORM_KEYS: ReadonlySet<string> = new Set(FORMS.flatMap((form) => Object.keys(form.shape)));

const check: z.ZodType<WrittenCheck> = z.union([
  z.number(),
  z.string(),
  z.null(),
  numbers,
  ...FORMS,
  members.describe('Members of a struct, those that are asserted.'),
]);

const code = z.union([
  z.number(),
  z.string().regex(/^(-?0x[0-9a-f]+|-?\d+|unchanged)$/i, { error: 'must be a number or "unchanged"' }),
]);
const errorCode = z.union([code, z.strictObject({ anyOf: z.array(code).min(1) })]).meta({
  id: 'errorCode',
  description: 'A number; "unchanged": the one that was set before the call; or one of several.',
});

/** What the source asserts. */
export const expectation = z
  .strictObject({
    return: lazyCheck.optional(),
    returnNonZero: z.literal(true, { error: 'must be true' }).optional(),
    out: z
      .record(
        z.string().regex(/^(va)?\d{1,2}$/, {
          error: 'must be the index of an argument, 0 being the first, or va0, va1 ... in the va_list',
        }),
        lazyCheck,
      )
      .optional()
      .describe('What lies behind arguments after the call, by index from 0; va0, va1 ... in the va_list.'),
    outAt: z
      .strictObject({ ref: index, offset: whole, bytes })
      .optional()
      .describe('Bytes `offset` elements into an argument.'),
    errno: errorCode.optional(),
    doserrno: errorCode.optional(),
    lastError: errorCode.optional(),
    callbackCount: z.int().min(0).optional(),
    matherrType: z.union([z.int(), z.literal('none')]).optional(),
    signOfZero: z.literal('exact').optional().describe('0 and -0 are two values.'),
  })
  .meta({ id: 'expectation' });

export type WrittenExpectation = z.infer<typeof expectation>;
