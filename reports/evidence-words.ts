import type { Evidence } from '../protocol/records/result-record.ts';

/** Who says what Windows does, where it was not recorded. */
export const EVIDENCE_WORDS: Readonly<Record<Evidence, string>> = {
  documented: 'documented by Microsoft',
  'wine-test': 'a test of Wine that also runs on Windows',
  reported: 'reported, no document says it',
  unverified: 'unverified: general knowledge',
};
