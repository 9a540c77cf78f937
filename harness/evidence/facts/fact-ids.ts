import type { CaseIds } from '../known/read-known-divergences.ts';

/** What declarations of known divergences name facts by. */
export const FACT_IDS: CaseIds = {
  pattern: /^[\w.-]+$/,
  hint: 'List the ids of facts, with spaces between: `cases: printf-0136 scanf-0055`.',
};
