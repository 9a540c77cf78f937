import type { ChannelLog } from './channel-log.ts';
import type { LineLevel } from './log-line.ts';

/** One line of Wine's debug output. */
export interface WineLine {
  /** The Windows thread id, when Wine names it. */
  readonly thread: number | undefined;
  readonly level: LineLevel;
  /** Wine's debug channel, `module` in `fixme:module:LdrXxx`; Wine's messages to the user have none. */
  readonly channel: string | undefined;
  readonly function: string | undefined;
  readonly text: string;
}

// A fixme is a gap in Wine, interesting in a report but no fault of this run.
const LEVELS: Readonly<Record<string, LineLevel>> = { err: 'error', warn: 'warn', fixme: 'info', trace: 'trace' };

// In front can stand a time stamp (+timestamp) and the process (+pid), then the thread.
const HEAD = String.raw`(?:\d+\.\d+:)?(?:[0-9a-f]{4,8}:(?=[0-9a-f]{4,8}:))?`;
const DEBUG = new RegExp(String.raw`^${HEAD}(?:([0-9a-f]{4,8}):)?(err|warn|fixme|trace):([^:\s]+):(\w*) ?(.*)$`, 's');
const RELAY = new RegExp(String.raw`^${HEAD}([0-9a-f]{4,8}):((?:Call|Ret|CALL|RET|Starting|Exited)\b.*)$`, 's');
const MESSAGE = /^(?:wine|wineserver|wine client error|preloader|winedbg)\b[^ ]*: ?(.*)$/s;
const GRAVE = /unhandled|could not|couldn't|cannot|can't|failed|error|unable|not found/i;

// How a program ended: the call's outcome or a late fault tells it, and a suite may even record it.
const PROGRAM_ENDED = /^(?:wine: )?Unhandled \w/;

/** Reads a line of Wine's debug output; nothing when the line is not Wine's, such as what a DLL prints. */
export function parseWineLine(line: string): WineLine | undefined {
  const debug = DEBUG.exec(line);
  if (debug !== null) {
    const [, thread, kind = '', channel = '', name, text = ''] = debug;
    return {
      thread: hexadecimal(thread),
      level: PROGRAM_ENDED.test(text) ? 'info' : (LEVELS[kind] ?? 'info'),
      channel,
      function: name === '' ? undefined : name,
      text,
    };
  }
  const relay = RELAY.exec(line);
  if (relay !== null) {
    return {
      thread: hexadecimal(relay[1]),
      level: 'trace',
      channel: 'relay',
      function: undefined,
      text: relay[2] ?? '',
    };
  }
  if (!MESSAGE.test(line)) return undefined;
  const thread = /\(thread ([0-9a-f]+)\)/.exec(line)?.[1];
  const grave = GRAVE.test(line) || line.startsWith('wine client error');
  const level = grave && !PROGRAM_ENDED.test(line) ? 'error' : 'info';
  return { thread: hexadecimal(thread), level, channel: undefined, function: undefined, text: line };
}

/** Logs a line of output: on Wine's channel when Wine wrote it, on the agent's otherwise. */
export function logOutputLine(to: { readonly wine: ChannelLog; readonly agent: ChannelLog }, line: string): void {
  const wine = parseWineLine(line);
  if (wine === undefined) {
    to.agent.info(line);
    return;
  }
  const { thread, level, channel, text } = wine;
  to.wine.line(level, text, {
    ...(thread !== undefined && { thread }),
    ...(channel !== undefined && { wineChannel: channel }),
    ...(wine.function !== undefined && { function: wine.function }),
  });
}

function hexadecimal(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number.parseInt(digits, 16);
}
