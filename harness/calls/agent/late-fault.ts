import { exitCodeText } from '../../windows/ntstatus.ts';
import { describeFault, type Fault } from '../marshal/outcome.ts';
import { DllparityError } from '../../base/errors.ts';
import { Pointer } from '../memsync/pointer.ts';

/** A call that may be the cause of a late fault. */
export interface Suspect {
  /** For example `codec.dll!start_worker`. */
  readonly function: string;
  /** As they were passed. What lies behind them is what it is now. */
  readonly arguments: readonly unknown[];
  /** What came of making the call again, first of all, in a fresh process. */
  readonly replayed: 'crashed again' | 'survived' | 'not replayed';
  /** Why it was not, or not to its end; null otherwise. */
  readonly why: string | null;
}

/** The death of an agent process that no call has as its outcome: one of the calls before it is the cause. */
export interface LateFault {
  /** The exception, when there was one. */
  readonly fault: Fault | null;
  /** Exit code of the process, or null. */
  readonly code: number | null;
  /** Number of the signal that ended it, or null. */
  readonly signal: number | null;
  /** It came at most so many milliseconds after the last call had returned. */
  readonly withinMs: number;
  /** The last calls of the process, newest first. */
  readonly suspects: readonly Suspect[];
  /** Id of the runtime. */
  readonly runtime: string;
  /** The end of the agent's log. */
  readonly log: readonly string[];
}

const SHOWN = 8;

/** A late fault in one line. */
export function describeLateFault({ fault, code, signal, withinMs }: LateFault): string {
  const end = fault
    ? describeFault(fault)
    : signal === null
      ? `it ended with code ${exitCodeText(code)}`
      : `it was ended by signal ${signal.toString()}`;
  return `the agent process died up to ${Math.ceil(withinMs).toString()} ms after the last call had returned: ${end}`;
}

/** `threads.dll!crash_later(40): crashed again`, a line for each. */
export function describeSuspects({ suspects }: LateFault): string[] {
  const [first] = suspects;
  // Once one of them is known for the cause, the others are none.
  const worth = suspects.filter(({ replayed }) => replayed === 'crashed again');
  const shown = worth.length > 0 ? worth : suspects.slice(0, SHOWN);
  const lines = shown.map((suspect) => {
    const why = suspect.why === null ? '' : ` (${suspect.why})`;
    return `suspect: ${callText(suspect)}: ${suspect.replayed}${why}`;
  });
  const more = first && worth.length === 0 ? suspects.length - shown.length : 0;
  return more > 0 ? [...lines, `and ${more.toString()} calls before`] : lines;
}

/** A call as text. */
export function callText({ function: name, arguments: args }: Pick<Suspect, 'function' | 'arguments'>): string {
  const text = `${name}(${args.map(argumentText).join(', ')})`;
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}

function argumentText(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return String(value);
  if (ArrayBuffer.isView(value)) return `${value.byteLength.toString()} bytes`;
  if (Array.isArray(value)) return `[${value.map(argumentText).join(', ')}]`;
  // Pointers say where they lead; of structs the function's name has to do.
  return value instanceof Pointer ? value.toString() : '{…}';
}

/** Late faults as an error, for whoever has not asked for them. */
export function lateFaultError(faults: readonly LateFault[]): DllparityError {
  const [first, ...others] = faults;
  return new DllparityError('LATE_FAULT', {
    what: first ? describeLateFault(first) : 'the agent process died after a call',
    details: [
      ...(first ? describeSuspects(first) : []),
      ...others.flatMap((fault) => [describeLateFault(fault), ...describeSuspects(fault)]),
    ],
    hint: 'Look at what the suspects leave running or damaged: threads, freed memory. A test that expects it takes it with `agent.takeLateFaults()`.',
  });
}
