import { LineSplitter } from '../../base/line-splitter.ts';
import type { AgentLog } from '../../log/log.ts';
import { parseWineLine } from '../../log/wine-line.ts';
import type { OutputStream, ProcessOutput } from '../session/process-output.ts';
import type { Session } from '../session/session.ts';

const PERIOD_MS = 200;
/** Lines that are taken over in a period, and bytes of a stream in one look; of more the last ones. */
const MAX_LINES = 2000;
const MAX_BYTES = 1 << 18;

interface Source {
  readonly name: OutputStream;
  lines: LineSplitter;
}

/**
 * Brings what the agent and Wine write into the log, tagged with the calls since the last look. A call blocks this
 * process, so lines are read between calls; who needs them exact drains after each call.
 */
export class LogFeed {
  private readonly log: AgentLog;
  private readonly session: Session;
  private readonly calls: () => number;
  private readonly timer: NodeJS.Timeout;
  private readonly stdout: Source = { name: 'stdout', lines: new LineSplitter() };
  private readonly stderr: Source = { name: 'stderr', lines: new LineSplitter() };
  private output: ProcessOutput | undefined;
  private tagged = 0;
  /** Lines that may still be taken over before `renewedMs` comes again. */
  private allowance = MAX_LINES;
  private renewedMs = performance.now();

  constructor(log: AgentLog, session: Session, calls: () => number) {
    this.log = log;
    this.session = session;
    this.calls = calls;
    this.output = session.output;
    this.timer = setInterval(() => {
      this.drain();
    }, PERIOD_MS);
    this.timer.unref();
  }

  drain(): void {
    this.read(false);
    if (this.output === this.session.output) return;
    // Another process has pipes of its own; the last words of the one before have just been read.
    this.read(true);
    this.output = this.session.output;
    this.read(false);
  }

  close(): void {
    clearInterval(this.timer);
    this.drain();
  }

  private read(isEnd: boolean): void {
    if (!this.output) return;
    this.renewAllowance();
    const last = this.calls();
    const call = last > this.tagged + 1 ? ([this.tagged + 1, last] as const) : last;
    const out = this.linesOf(this.output, this.stdout, isEnd);
    const err = this.linesOf(this.output, this.stderr, isEnd);
    for (const text of out) this.log.agent.with({ call }).info(text);
    for (const text of err) {
      const line = parseWineLine(text);
      if (line)
        this.log.wine
          .with({ call })
          .line(line.level, line.text, { thread: line.thread, wineChannel: line.channel, function: line.function });
      else this.log.agent.with({ call }).warn(text);
    }
    if (out.length + err.length > 0) this.tagged = last;
  }

  private renewAllowance(): void {
    const now = performance.now();
    if (now - this.renewedMs < PERIOD_MS) return;
    this.renewedMs = now;
    this.allowance = MAX_LINES;
  }

  private linesOf(output: ProcessOutput, { name, lines: splitter }: Source, isEnd: boolean): string[] {
    const taken = output.take(name);
    const bytes = taken.bytes.subarray(-MAX_BYTES);
    const lost = taken.lost + taken.bytes.length - bytes.length;
    const { lines, left } = splitter.add(bytes, this.allowance);
    this.allowance = Math.max(0, this.allowance - lines.length);
    if (isEnd) lines.push(...splitter.end());
    if (left > 0 || lost > 0) {
      this.log.host.warn(`the agent prints more to ${name} than is kept`, { lines: left, bytes: lost });
    }
    return lines;
  }
}
