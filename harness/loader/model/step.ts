import type { RuleId } from './rules.ts';

/** One reason on the way to an answer. */
export interface Step {
  readonly rule: RuleId;
  readonly text: string;
  /** Full path of the folder or file that was looked at. */
  readonly path: string | undefined;
  /** Whether it was there; undefined where nothing was looked for. */
  readonly found: boolean | undefined;
  /** Why this was passed over. */
  readonly skipped: string | undefined;
}

/** Collects the steps of one call. */
export class Trace {
  readonly steps: Step[] = [];

  say(rule: RuleId, text: string, more: Partial<Pick<Step, 'path' | 'found' | 'skipped'>> = {}): void {
    this.steps.push({ rule, text, path: more.path, found: more.found, skipped: more.skipped });
  }
}

/** The documents do not say what happens here: the model gives no answer. */
export class Undocumented extends Error {
  readonly rule: RuleId;

  constructor(rule: RuleId, reason: string) {
    super(reason);
    this.name = 'Undocumented';
    this.rule = rule;
  }
}
