/** What a gate found. `lines` are shown when it failed, `warnings` always. */
export interface GateResult {
  readonly ok: boolean;
  /** What was looked at, in a few words. */
  readonly summary: string;
  readonly lines: readonly string[];
  readonly warnings?: readonly string[];
}

export interface Gate {
  readonly name: string;
  /** `root` is the project's folder, `files` its files relative to it. */
  run(root: string, files: readonly string[]): Promise<GateResult>;
}

/** The usual result: it failed when there are complaints. */
export function complaints(summary: string, lines: readonly string[], warnings: readonly string[] = []): GateResult {
  return { ok: lines.length === 0, summary, lines, warnings };
}
