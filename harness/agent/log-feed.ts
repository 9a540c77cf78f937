import type { AgentLog } from '../log/log.ts';
import { LineTail } from '../log/line-tail.ts';
import { parseWineLine } from '../log/wine-line.ts';
import type { Session } from '../session/session.ts';

const PERIOD_MS = 200;

/**
 * Brings what the agent and Wine write into the log, tagged with the calls since the last look. A call blocks this
 * process, so lines are read between calls; who needs them exact drains after each call.
 */
export class LogFeed {
  private readonly log: AgentLog;
  private readonly session: Session;
  private readonly calls: () => number;
  private readonly timer: NodeJS.Timeout;
  private stdout: LineTail;
  private stderr: LineTail;
  private generation: number;
  private tagged = 0;

  constructor(log: AgentLog, session: Session, calls: () => number) {
    this.log = log;
    this.session = session;
    this.calls = calls;
    this.generation = session.generation;
    const files = session.logFiles();
    this.stdout = new LineTail(files.stdout);
    this.stderr = new LineTail(files.stderr);
    this.timer = setInterval(() => {
      this.drain();
    }, PERIOD_MS);
    this.timer.unref();
  }

  drain(): void {
    this.read((tail) => tail.drain());
    if (this.generation === this.session.generation) return;
    // Another process writes to other files; the last words of the one before have just been read.
    this.read((tail) => tail.end());
    this.generation = this.session.generation;
    const files = this.session.logFiles();
    this.stdout = new LineTail(files.stdout);
    this.stderr = new LineTail(files.stderr);
    this.read((tail) => tail.drain());
  }

  close(): void {
    clearInterval(this.timer);
    this.drain();
  }

  private read(lines: (tail: LineTail) => string[]): void {
    const last = this.calls();
    const call = last > this.tagged + 1 ? ([this.tagged + 1, last] as const) : last;
    const out = lines(this.stdout);
    const err = lines(this.stderr);
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
}
