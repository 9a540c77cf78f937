import type { ScenarioEvidence, ScenarioVerdict } from '../../protocol/records/result-record.ts';
import type { VerdictWords } from '../verdicts.ts';

export const SCENARIO_WORDS: Readonly<Record<ScenarioVerdict, VerdictWords>> = {
  agrees: { glyph: '✓', label: 'agrees', meaning: 'Wine does what is expected of Windows' },
  'feature-absent': {
    glyph: '○',
    label: 'feature absent',
    meaning: 'the same outcome, only because Wine lacks the feature: the scenario that needs it does not agree',
  },
  'known-divergence': { glyph: '◆', label: 'known divergence', meaning: 'Wine differs, and somebody declared it' },
  'windows-unknown': {
    glyph: '?',
    label: 'Windows unknown',
    meaning: 'nobody knows what Windows does; Wine’s outcome is recorded',
  },
  divergence: { glyph: '✕', label: 'divergence', meaning: 'Wine differs, and nobody declared it' },
  'unexpected-match': {
    glyph: '★',
    label: 'unexpected match',
    meaning: 'declared as a divergence, and Wine agrees now',
  },
  changed: { glyph: '↻', label: 'changed', meaning: 'Windows is unknown, and Wine does something else than before' },
  'harness-error': { glyph: '!', label: 'harness error', meaning: 'the scenario could not be run' },
};

export const EVIDENCE_WORDS: Readonly<Record<ScenarioEvidence, string>> = {
  documented: 'documented by Microsoft',
  'wine-test': 'a test of Wine that also runs on Windows',
  reported: 'reported, no document says it',
  unverified: 'unverified: general knowledge',
  none: 'unknown',
};

/** The words of an outcome as one text. */
export function outcomeWords(words: readonly string[] | null): string {
  if (words === null) return 'unknown';
  return words.length === 0 ? 'nothing to tell' : words.join(' · ');
}
