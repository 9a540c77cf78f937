import { performance } from 'node:perf_hooks';
import { diskRefusal } from './disk-refusal.mjs';

const NAME_WIDTH = 18;
const CLEAR_LINE = '\r\u001b[2K';

/**
 * Prints one line per step. On a terminal the line of the running step is rewritten in place.
 * @param {{ write(text: string): unknown, readonly isTTY?: boolean, readonly columns?: number }} out
 * @param {boolean} quiet
 */
export function createProgress(out, quiet) {
  const live = out.isTTY === true;

  /**
   * @param {string} name
   * @returns {{
   *   readonly say: (text: string) => void,
   *   readonly done: (result: import('./context.mjs').StepResult) => void,
   *   readonly failed: () => void,
   * }}
   */
  function begin(name) {
    const start = performance.now();
    let shown = '';
    if (live && !quiet) out.write(`  ${name.padEnd(NAME_WIDTH)} …`);
    return {
      say(text) {
        if (text === shown) return;
        shown = text;
        const line = `  ${name.padEnd(NAME_WIDTH)} ${text}`;
        if (live) out.write(CLEAR_LINE + line.slice(0, (out.columns ?? 80) - 1));
        else out.write(`${line} …\n`);
      },
      done(result) {
        if (live) out.write(CLEAR_LINE);
        if (quiet && !result.changed) return;
        const seconds = ((performance.now() - start) / 1000).toFixed(2);
        const mark = result.changed ? '+' : '=';
        out.write(`${mark} ${name.padEnd(NAME_WIDTH)} ${result.text} (${seconds} s)\n`);
      },
      failed() {
        if (live) out.write(CLEAR_LINE);
      },
    };
  }

  return { begin };
}

/**
 * The text of a failure: which step, what happened, the program's last words, the next step.
 * @param {string} step
 * @param {unknown} error
 */
export function failureText(step, error) {
  const refusal = diskRefusal(error);
  if (refusal !== undefined) return failureText(step, refusal);
  const known = error instanceof Error && 'next' in error;
  const message = error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error);
  const lines = [`set-up failed at "${step}": ${message}`];
  if (known && 'output' in error && Array.isArray(error.output)) {
    for (const line of error.output) lines.push(`    ${String(line)}`);
  }
  if (known && typeof error.next === 'string') lines.push(`Next step: ${error.next}`);
  return lines.join('\n');
}
