/** What one look at the machine has found. */
export interface Finding {
  /** What was looked at, for example `sandbox` or `wine-8.0-x64`. */
  readonly check: string;
  /** `ok`; `limited`: agents run, with less than dllparity can do; `broken`: something that was set up does not work. */
  readonly state: 'ok' | 'limited' | 'broken';
  /** What is there, or what is wrong, as a clause. */
  readonly text: string;
  /** What a person does about it, as a sentence; null where nothing is to be done or nothing can be. */
  readonly next: string | null;
  /** Whether running the set-up again mends it. */
  readonly isMendedBySetup: boolean;
}

export function ok(check: string, text: string): Finding {
  return { check, state: 'ok', text, next: null, isMendedBySetup: false };
}

export function limited(check: string, text: string, next: string | null): Finding {
  return { check, state: 'limited', text, next, isMendedBySetup: false };
}

export function broken(check: string, text: string, next: string, isMendedBySetup = false): Finding {
  return { check, state: 'broken', text, next, isMendedBySetup };
}
