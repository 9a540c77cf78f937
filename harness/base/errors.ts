// Misuse of the harness and broken tooling throw; what a DLL does wrong is an outcome, never one of these errors.
// `docs/reference/errors.md` has a section for every code, and a test keeps the two equal.

import { escapeControls } from './control-characters.ts';

/** Every code with what it means, in one sentence. A new error begins with a line here and a section in `docs/reference/errors.md`. */
export const ERROR_CODES = {
  CONFIG_FILE: 'The configuration file could not be loaded.',
  CONFIG_UNKNOWN_KEY: 'An option or a DLLPARITY_ variable does not exist.',
  CONFIG_INVALID: 'An option has a value it cannot have.',
  SETUP_MISSING: 'The set-up was not run on this machine, or did not finish.',
  RUNTIME_NOT_INSTALLED: 'The runtime asked for is not on this machine.',
  WINE_NOT_FOUND: 'No usable Wine was found.',
  PREFIX_TEMPLATE_MISSING: 'The folder from which prefixes are cloned does not exist or is incomplete.',
  AGENT_BOOT_TIMEOUT: 'The agent did not answer within the boot time limit.',
  AGENT_BOOT_FAILED: 'The agent ended before it was ready.',
  HRESULT_FAILED: 'A function returned an HRESULT that says failure, and its library asked to be told.',
  PROGRAM_NOT_STARTED: 'A program of Windows could not be started.',
  AGENT_GONE: 'The agent is no longer running.',
  AGENT_CLOSED: 'The agent was closed by the host before this use of it.',
  AGENT_BUSY: 'The agent cannot be given another process while a call is under way.',
  LATE_FAULT: 'The agent died after a call had returned, of something that an earlier call has left behind.',
  PROTOCOL_MISMATCH: 'Host and agent do not speak the same version of the protocol.',
  DLL_NOT_FOUND: 'A DLL given with its folder does not exist there.',
  DLL_WRONG_ARCHITECTURE: 'The DLL was built for another processor than the agent runs as.',
  DLL_LOAD_FAILED: 'The file is not a DLL, or Windows refused to load it.',
  EXPORT_NOT_FOUND: 'The DLL does not export the function.',
  PROTOTYPE_SYNTAX: 'A prototype could not be parsed.',
  PROTOTYPE_TYPE_UNKNOWN: 'A prototype names a type that was not declared.',
  ARGUMENT_COUNT: 'A call has too few or too many arguments.',
  ARGUMENT_TYPE: 'An argument has another type than its parameter.',
  ARGUMENT_RANGE: 'An argument does not fit in the type of its parameter.',
  CALL_OUT_OF_MEMORY: 'The arguments of a call do not fit in the memory that host and agent share.',
  READ_TOO_LARGE: 'A DLL has handed over more text or memory than is taken.',
  CALL_DID_NOT_RETURN: 'A plain call faulted, ended the process or timed out instead of returning.',
  CALLBACK_EXPIRED: 'A DLL called a callback after the call that it was passed to.',
  CONVENTION_MISMATCH: 'A function took other bytes off the stack than its prototype says.',
  BASELINE_SYNTAX: 'A baseline file could not be parsed.',
  BASELINE_ALTERED: 'A baseline file was changed after it was recorded.',
  BASELINE_STALE: 'A baseline was recorded from another declaration or another DLL than the suite uses now.',
  BASELINE_MISSING: 'A suite has no baseline.',
  KNOWN_SYNTAX: 'A file of known divergences could not be parsed.',
  KNOWN_CHANGED: 'A file of known divergences changed since it was read.',
  NO_SUITES: 'A differential run has no suites to take its cases from.',
  CORPUS_SYNTAX: 'A corpus of causes that differential runs have found could not be read.',
  SCENARIO_SYNTAX: 'A file of search-order scenarios could not be read.',
  FACT_SYNTAX: 'A file of facts could not be read, or a fact in it.',
  ORACLES_SYNTAX: 'The registry of oracles could not be read.',
  PROGRAM_UNREADABLE: 'The file is no program whose DLLs can be explained.',
  ORACLE_REFUSED: 'The DLL is not the Microsoft DLL that results may be recorded from.',
  ORACLE_SILENT: 'Nothing that the Microsoft DLL does in a suite is evidence: it asks the system each time.',
  ORACLE_MISSING: 'The DLL to record from is not on this machine.',
  RESULTS_WRITE: 'The results could not be written.',
  RUNTIME_NOT_IN_RESULTS: 'A results file says nothing of the runtime that is to be compared.',
  PATH_NOT_VISIBLE: 'A Unix path that Windows programs cannot see, or a Windows path that no drive leads to.',
  SANDBOX_UNAVAILABLE: 'A sandbox is required, and this machine allows none.',
  GRAPHICS_UNAVAILABLE: 'There is no display of the kind that the option `graphics` asks for.',
} as const satisfies Record<string, string>;

/** The closed set of codes; `docs/reference/errors.md` explains each. */
export type ErrorCode = keyof typeof ERROR_CODES;

/** Where in a file the cause lies. Lines and columns count from 1. */
export interface ErrorPlace {
  readonly file: string;
  readonly line?: number;
  /** Counts UTF-16 code units, as editors that take `file:line:column` do. */
  readonly column?: number;
}

/** A number that belongs in the message, never without its unit: `{ name: 'limit', value: 30000, unit: 'ms' }`. */
export interface Figure {
  readonly name: string;
  readonly value: number | bigint;
  readonly unit: string;
}

/** What an error says. The message is built from these parts, so that every error reads alike. */
export interface ErrorParts {
  /** What happened, as one sentence without its final full stop. */
  readonly what: string;
  /** The next step for the reader, as a full sentence; a command to run is best. */
  readonly hint: string;
  readonly figures?: readonly Figure[];
  readonly where?: ErrorPlace;
  /** Lines of the source with a caret, from `pointAt`. */
  readonly excerpt?: string;
  /** Further lines of evidence, for example the places looked at, or the last lines of the agent's log. */
  readonly details?: readonly string[];
  /** The error behind this one; its message is repeated, because reporters often hide causes. */
  readonly cause?: unknown;
}

// A project can hold the package twice (source and build, or two versions), so `instanceof` is not enough.
const BRAND = Symbol.for('dllparity.error');

/** The error that every misuse of the harness and every fault of its tooling ends in. */
export class DllparityError extends Error {
  override readonly name: string = 'DllparityError';
  readonly [BRAND] = true;
  readonly code: ErrorCode;
  /** The next step for the reader. */
  readonly hint: string;
  /** The place in a file that caused it, when there is one. */
  readonly where: ErrorPlace | undefined;
  readonly figures: readonly Figure[];

  constructor(code: ErrorCode, parts: ErrorParts) {
    super(errorMessage(code, parts), 'cause' in parts ? { cause: parts.cause } : undefined);
    this.code = code;
    this.hint = parts.hint;
    this.where = parts.where;
    this.figures = parts.figures ?? [];
  }
}

/** Whether a caught value is an error of this package, from whichever copy of the package; with `code`, that very one. */
export function isDllparityError(value: unknown, code?: ErrorCode): value is DllparityError {
  if (typeof value !== 'object' || value === null || !(BRAND in value)) return false;
  return code === undefined || ('code' in value && value.code === code);
}

/** The one place where messages are built: what happened, numbers with units, where, evidence, next step. */
function errorMessage(code: ErrorCode, parts: ErrorParts): string {
  const figures = (parts.figures ?? []).map((figure) => `${figure.name} ${formatFigure(figure)}`).join(', ');
  const lines = [`${parts.what}${figures === '' ? '' : ` (${figures})`} [${code}]`];
  if (parts.where !== undefined) lines.push(`  at ${formatPlace(parts.where)}`);
  if (parts.excerpt !== undefined) lines.push(...indent(parts.excerpt.split('\n')));
  lines.push(...indent(parts.details ?? []));
  if (parts.cause !== undefined) lines.push(`  because: ${causeText(parts.cause)}`);
  lines.push(`  next: ${parts.hint}`);
  // Texts of a DLL, of files and of arguments stand in messages: they move no cursor.
  return escapeControls(lines.join('\n'));
}

/** `67,108,864 bytes`: digits grouped, so that a wrong power of ten is seen. */
function formatFigure({ value, unit }: Figure): string {
  const word = value === 1 ? unit.replace(/s$/, '') : unit;
  return `${value.toLocaleString('en-US', { maximumFractionDigits: 3 })} ${word}`;
}

/** `file:line:column`, which terminals and editors turn into a link. */
function formatPlace({ file, line, column }: ErrorPlace): string {
  return [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(':');
}

function causeText(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `    ${line}`);
}
