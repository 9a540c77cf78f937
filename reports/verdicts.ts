import { LENIENT_VERDICTS, PASSING_VERDICTS, type Verdict } from '../protocol/records/result-record.ts';

/** How a verdict is shown: never by colour alone. */
export interface VerdictWords {
  readonly glyph: string;
  readonly label: string;
  /** "3 cases ..." */
  readonly meaning: string;
}

export const VERDICT_WORDS: Readonly<Record<Verdict, VerdictWords>> = {
  match: { glyph: '✓', label: 'match', meaning: 'the same outcome as the baseline' },
  tolerated: { glyph: '≈', label: 'tolerated', meaning: 'differs within the tolerance the suite declares' },
  'known-divergence': {
    glyph: '◆',
    label: 'known divergence',
    meaning: 'differs, and somebody declared it with a reason',
  },
  divergence: { glyph: '✕', label: 'divergence', meaning: 'differs from the baseline, and nobody declared it' },
  'unexpected-match': {
    glyph: '★',
    label: 'unexpected match',
    meaning: 'declared as a divergence, but the outcome matches now',
  },
  fault: { glyph: '↯', label: 'fault', meaning: 'the call crashed where the baseline did not' },
  timeout: { glyph: '◷', label: 'timeout', meaning: 'the call did not come back in time' },
  unsupported: { glyph: '∅', label: 'unsupported', meaning: 'the runtime cannot make this call' },
  'baseline-missing': { glyph: '?', label: 'baseline missing', meaning: 'nothing to compare with' },
  'baseline-stale': { glyph: '↻', label: 'baseline stale', meaning: 'the baseline belongs to another declaration' },
  'harness-error': { glyph: '!', label: 'harness error', meaning: 'the test tooling failed, not the DLL' },
};

/** Verdicts whose outcome is that of Microsoft's code, `tolerated` within the declared tolerance. */
export const SAME_VERDICTS: readonly Verdict[] = ['match', 'tolerated', 'unexpected-match'];

/** Whether a verdict fails every run, strict or not. */
export function fails(verdict: Verdict): boolean {
  return !PASSING_VERDICTS.includes(verdict) && !LENIENT_VERDICTS.includes(verdict);
}
