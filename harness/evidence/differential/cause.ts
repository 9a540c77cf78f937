// Causes: what a differential run finds. Many cases have one; it is stored with the smallest of them.
import { hash } from 'node:crypto';
import { z } from 'zod';
import type { Json } from '../compare/json.ts';
import type { RecordedOutcome } from '../baseline/baseline.ts';

const json: z.ZodType<Json> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(json), z.record(z.string(), json)]),
);

const outcome = z.union([
  z.object({ kind: z.literal('returned'), fields: z.record(z.string(), json) }),
  z.object({ kind: z.literal('faulted'), code: z.number(), place: z.string().optional() }),
  z.object({ kind: z.literal('exited'), code: z.number().nullable() }),
  z.object({ kind: z.enum(['timed-out', 'wire-damaged', 'not-callable']) }),
]);

/** An outcome as a corpus keeps it. */
export type KeptOutcome = RecordedOutcome | { readonly kind: 'timed-out' | 'wire-damaged' | 'not-callable' };

/** Whether a program in C shows the difference too, and in which file it is. */
const inC = z.union([
  z.object({ shown: z.literal(true), file: z.string() }),
  z.object({ shown: z.literal(false), why: z.string(), file: z.string().optional() }),
]);
export type InC = z.infer<typeof inC>;

/** Of a cause that was kept before its program was tried: the next run does that. */
export const NOT_TRIED = 'the run ended before it was tried';

/** One line of a corpus. */
export const causeSchema = z.object({
  /** The first 8 hexadecimal digits of the SHA-256 of suite and cause. */
  id: z.string(),
  /** `msvcr120.dll/strtod`. */
  suite: z.string(),
  /** Kind of difference and shape of the inputs. */
  cause: z.string(),
  /** The smallest inputs that were found. */
  inputs: z.array(json),
  /** What the first side did, and who it was: with Microsoft's DLL that is evidence. */
  expected: z.object({
    side: z.string(),
    outcome,
    dll: z.object({ fileVersion: z.string(), sha256: z.string(), source: z.string() }).optional(),
  }),
  /** By runtime, what Wine's DLL did there. */
  seen: z.record(z.string(), z.object({ outcome, first: z.string(), difference: z.string(), build: z.string() })),
  c: inC,
});

export type Cause = z.infer<typeof causeSchema>;

/** What one cause has in common with itself wherever it is found. */
export function causeId(suite: string, cause: string): string {
  return hash('sha256', `${suite}\n${cause}`).slice(0, 8);
}
