import { styleText } from 'node:util';
import { pino, stdTimeFunctions, type Logger } from 'pino';
import type { LogLevel } from '../config/config.ts';
import { ChannelLog } from './channel-log.ts';
import { openLogFile, type LogFile } from './log-file.ts';
import { formatLine, LINE_LEVELS, LOG_CHANNELS, type LineLevel, type LogChannel, type LogLine } from './log-line.ts';
import { TailBuffer } from './tail-buffer.ts';

/** Where the human-readable lines go; `process.stderr` is one. */
export interface LineOutput {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** How a log is set up. */
export interface LogOptions {
  /**
   * What each channel keeps. Wine's own level is high because `log.wineDebug` already chooses what Wine says.
   *
   * @default { host: 'info', agent: 'info', wine: 'trace' }
   */
  readonly levels?: Partial<Record<LogChannel, LogLevel>> | undefined;
  /**
   * The JSON lines file, absolute, or null for none.
   *
   * @default null
   */
  readonly file?: string | null | undefined;
  /**
   * Where lines for people go.
   *
   * @default process.stderr
   */
  readonly output?: LineOutput | undefined;
  /**
   * From which level on lines go to `output`.
   *
   * @default 'warn'
   */
  readonly outputLevel?: LogLevel | undefined;
  /**
   * How many lines of each agent are kept for `tail`.
   *
   * @default 200
   */
  readonly tailLines?: number | undefined;
}

type Channels = Readonly<Record<LogChannel, ChannelLog>>;

/** What the channels of a log keep. */
interface Levels {
  level(channel: LogChannel): LogLevel;
  /** Takes effect at once, for every speaker there is: agents whose lines go to the same log too. */
  setLevel(channel: LogChannel, level: LogLevel): void;
}

/** The three channels of one agent; every line carries its id. */
export interface AgentLog extends Channels, Levels {
  readonly id: string;
}

/** The log of one process. */
export interface Log extends Channels, Levels {
  forAgent(agent: string): AgentLog;
  /** The last lines that carry the agent's id, oldest first, for people. They are what a failure shows. */
  tail(agent: string, count?: number): string[];
  /** Frees the lines kept for an agent. */
  forget(agent: string): void;
  /** Closes the file. Lines after it still go to `output` and `tail`. */
  close(): void;
}

/** Sets up the log of a process. A file that cannot be written costs one warning, nothing else. */
export function createLog(options: LogOptions = {}): Log {
  const { levels: initial, file = null, output = process.stderr, outputLevel = 'warn', tailLines = 200 } = options;
  const kept = new TailBuffer<LogLine>(tailLines);
  const colour = isTerminal(output) ? coloured : undefined;
  let logFile: LogFile | undefined;

  const write = (text: string): void => {
    logFile?.write(text);
    const line = JSON.parse(text) as LogLine;
    if (line.agent !== undefined) kept.push(line.agent, line);
    if (reaches(line.level, outputLevel)) output.write(`${formatLine(line, colour)}\n`);
  };
  const root = pino(
    {
      level: 'trace',
      base: { pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write },
  );
  const logger = (channel: LogChannel, level: LogLevel): Logger => root.child({ channel }, { level });
  const loggers: Readonly<Record<LogChannel, Logger>> = {
    host: logger('host', initial?.host ?? 'info'),
    agent: logger('agent', initial?.agent ?? 'info'),
    wine: logger('wine', initial?.wine ?? 'trace'),
  };
  const channels = speakers((channel) => new ChannelLog(loggers[channel]));

  if (file !== null) {
    logFile = openLogFile(file, (error) => {
      channels.host.warn(`The log file cannot be written, so lines go to no file from here on: ${error.message}`, {
        file,
      });
    });
  }
  const levels: Levels = {
    level: (channel) => loggers[channel].level as LogLevel,
    setLevel: (channel, level) => {
      loggers[channel].level = level;
    },
  };
  return {
    ...channels,
    ...levels,
    forAgent: (agent) => ({ ...speakers((channel) => channels[channel].with({ agent })), ...levels, id: agent }),
    tail: (agent, count) => kept.tail(agent, count).map((line) => formatLine(line)),
    forget: (agent) => kept.forget(agent),
    close: () => logFile?.close(),
  };
}

function speakers(speaker: (channel: LogChannel) => ChannelLog): Channels {
  return Object.fromEntries(LOG_CHANNELS.map((channel) => [channel, speaker(channel)])) as Channels;
}

function reaches(level: LineLevel, threshold: LogLevel): boolean {
  return threshold !== 'silent' && LINE_LEVELS.indexOf(level) >= LINE_LEVELS.indexOf(threshold);
}

function isTerminal(output: LineOutput): boolean {
  return output.isTTY === true && (process.env['NO_COLOR'] ?? '') === '';
}

// Whether to colour was asked of the output itself; styleText would ask stdout instead.
function coloured(level: LineLevel, text: string): string {
  if (level === 'error') return styleText('red', text, { validateStream: false });
  return level === 'warn' ? styleText('yellow', text, { validateStream: false }) : text;
}
