import { LENIENT_VERDICTS, PASSING_VERDICTS, type Verdict } from '../protocol/records/result-record.ts';

/** How a verdict is shown: never by colour alone. */
export interface VerdictWords {
  readonly glyph: string;
  readonly label: string;
  /** "3 cases ..." */
  readonly meaning: string;
}

export const VERDICT_WORDS: Readonly<Record<Verdict, VerdictWords>> = {
  match: { glyph: '✓', label: 'match', meaning: 'the same outcome as on Windows' },
  tolerated: { glyph: '≈', label: 'tolerated', meaning: 'differs within the tolerance the suite declares' },
  'known-divergence': {
    glyph: '◆',
    label: 'known divergence',
    meaning: 'differs, and somebody declared it with a reason',
  },
  inconclusive: {
    glyph: '○',
    label: 'inconclusive',
    meaning:
      'says nothing about Windows: nobody knows what it does, or the outcome would be the same without the feature',
  },
  divergence: { glyph: '✕', label: 'divergence', meaning: 'differs from what Windows does, and nobody declared it' },
  'unexpected-match': {
    glyph: '★',
    label: 'unexpected match',
    meaning: 'declared as a divergence, but the outcome matches now',
  },
  fault: { glyph: '↯', label: 'fault', meaning: 'the call crashed where the baseline did not' },
  timeout: { glyph: '◷', label: 'timeout', meaning: 'the call did not come back in time' },
  unsupported: { glyph: '∅', label: 'unsupported', meaning: 'the runtime cannot make this call' },
  'baseline-missing': { glyph: '?', label: 'baseline missing', meaning: 'nothing to compare with' },
  'baseline-stale': {
    glyph: '↻',
    label: 'baseline stale',
    meaning: 'what is expected was recorded of something else than what ran',
  },
  'harness-error': { glyph: '!', label: 'harness error', meaning: 'the test tooling failed, not the DLL' },
};

/** Verdicts whose outcome is that of Microsoft's code, `tolerated` within the declared tolerance. */
export const SAME_VERDICTS: readonly Verdict[] = ['match', 'tolerated', 'unexpected-match'];

/** Whether a verdict fails every run, strict or not. */
export function fails(verdict: Verdict): boolean {
  return !PASSING_VERDICTS.includes(verdict) && !LENIENT_VERDICTS.includes(verdict);
}
