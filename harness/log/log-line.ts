import { escapeControls } from '../base/control-characters.ts';

/** Who speaks: the host process, an agent, or Wine through its debug channels. */
export type LogChannel = 'host' | 'agent' | 'wine';

/** All channels. */
export const LOG_CHANNELS: readonly LogChannel[] = ['host', 'agent', 'wine'];

/** The weight of a line, lightest first. */
export const LINE_LEVELS = ['trace', 'debug', 'info', 'warn', 'error'] as const;

/** The weight of a line. */
export type LineLevel = (typeof LINE_LEVELS)[number];

/** The calls a line belongs to: one by its number, or those of a batch from the first to the last. */
export type CallNumber = number | readonly [first: number, last: number];

/** One line of the log, as it stands in the JSON lines file. Fields beyond these are the speaker's own. */
export interface LogLine {
  /** ISO 8601 with milliseconds, in UTC. */
  readonly time: string;
  readonly level: LineLevel;
  readonly channel: LogChannel;
  /** The host process, which tells the workers of one run apart. */
  readonly pid: number;
  readonly agent?: string;
  readonly call?: CallNumber;
  readonly msg: string;
  readonly [field: string]: unknown;
}

const NAMED = new Set(['time', 'level', 'channel', 'pid', 'agent', 'call', 'msg']);

/** A line for a person: `12:00:00.000 WARN  wine agent-1 call 7 text field=value`. It stays on one line whatever the text holds. */
export function formatLine(
  line: LogLine,
  colour: (level: LineLevel, text: string) => string = (_, text) => text,
): string {
  const parts: string[] = [line.channel];
  if (line.agent !== undefined) parts.push(line.agent);
  if (line.call !== undefined)
    parts.push(typeof line.call === 'number' ? `call ${line.call}` : `calls ${line.call.join('-')}`);
  parts.push(line.msg);
  for (const [name, value] of Object.entries(line)) {
    if (!NAMED.has(name)) parts.push(`${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  }
  return `${line.time.slice(11, 23)} ${colour(line.level, line.level.toUpperCase().padEnd(5))} ${onOneLine(parts.join(' '))}`;
}

// A DLL under test decides what Wine and the agent print: it must not move the cursor of whoever reads, nor forge a second line.
function onOneLine(text: string): string {
  return escapeControls(text).replaceAll('\t', ' ').replaceAll('\n', '\\n');
}
