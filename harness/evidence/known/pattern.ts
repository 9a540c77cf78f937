// Regular expressions of declarations, which must not hold up a run: a few characters can make one that needs years.
import { createContext, Script } from 'node:vm';
import { DllparityError, type ErrorPlace } from '../../base/errors.ts';

/** The longest regular expression that a declaration may have, in characters. */
export const MAX_PATTERN = 1000;
/** A longer text is looked into by none. */
const MAX_TEXT = 65_536;
/** Of all that is done in one go: some 10,000 cases. */
const LIMIT_MS = 20_000;

const places = new WeakMap<RegExp, ErrorPlace>();
let current: RegExp | undefined;

/** @throws SyntaxError where it is none */
export function compilePattern(source: string, place: ErrorPlace): RegExp {
  const pattern = new RegExp(source, 'su');
  places.set(pattern, place);
  return pattern;
}

/** Whether a regular expression finds something in a text of at most 65,536 characters. */
export function matches(pattern: RegExp, text: string): boolean {
  if (text.length > MAX_TEXT) return false;
  current = pattern;
  const found = pattern.test(text);
  current = undefined;
  return found;
}

// Node can stop what runs in a context, and with it all that is called from there.
const box: { work: () => unknown } = { work: () => undefined };
const context = createContext(box);
const script = new Script('work()', { filename: 'within-limit' });

/**
 * Does work in which declarations look into texts, and ends it when a regular expression takes too long.
 *
 * @throws KNOWN_SYNTAX with that expression
 */
export function withinLimit<T>(work: () => T, limitMs: number = LIMIT_MS): T {
  current = undefined;
  box.work = work;
  try {
    return script.runInContext(context, { timeout: limitMs }) as T;
  } catch (error) {
    const slow = slowPattern();
    if ((error as NodeJS.ErrnoException | null)?.code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT' || slow === undefined)
      throw error;
    const where = places.get(slow);
    throw new DllparityError('KNOWN_SYNTAX', {
      what: 'A regular expression of a known divergence takes too long',
      figures: [{ name: 'limit', value: limitMs, unit: 'ms' }],
      ...(where === undefined ? {} : { where }),
      details: [slow.source],
      hint: 'Write it so that it can match a text in one way only: no "*" or "+" within another.',
    });
  } finally {
    box.work = () => undefined;
  }
}

/** The one that was at work when everything was stopped. */
function slowPattern(): RegExp | undefined {
  return current;
}
