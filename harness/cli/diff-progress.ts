import { relative, join } from 'node:path';
import { tableLines } from '../base/text-table.ts';
import type { CauseEvent, DoneEvent, DroppedEvent, PortionEvent, RunEvent } from '../evidence/differential/events.ts';
import type { DifferentialRequest } from '../evidence/differential/request.ts';
import { sideText } from '../evidence/differential/side.ts';

/** Where there is no terminal, progress is a line now and then. */
const LINE_MS = 10_000;

/** What a differential run has found so far, and how that is shown. */
export class DiffProgress {
  readonly #request: DifferentialRequest;
  readonly #programs: boolean;
  #started = performance.now();
  readonly #ready = new Set<string>();
  #hasBegun = false;
  readonly #causes: CauseEvent[] = [];
  readonly #dropped: DroppedEvent[] = [];
  readonly #done: DoneEvent[] = [];
  readonly #running = new Map<string, number>();
  #found = 0;
  #there = 0;
  readonly #gone: string[] = [];
  #portion: PortionEvent | undefined;
  #lastLineMs = performance.now();

  /** @param programs whether programs in C are printed in full */
  constructor(request: DifferentialRequest, programs: boolean) {
    this.#request = request;
    this.#programs = programs;
  }

  /** Causes that the corpus did not have. */
  get found(): number {
    return this.#found;
  }

  /** The suites that came, of a run that has not begun since it waited for others; undefined where it has. */
  get ready(): readonly string[] | undefined {
    return this.#hasBegun ? undefined : [...this.#ready];
  }

  take(events: readonly RunEvent[]): void {
    for (const event of events) this.#takeOne(event);
    this.#showLine();
  }

  summary(): string {
    this.#clearLine();
    const seconds = (performance.now() - this.#started) / 1000;
    const cases = this.#cases();
    const suites = this.#done.filter(({ causes, differing }) => causes > 0 || differing > 0);
    const rows = suites.map(({ suite, cases: own, differing, causes, left }) => [
      suite, own.toLocaleString('en-US'), differing.toLocaleString('en-US'), causes.toString(), left === 0 ? '' : `${left.toString()} differences not looked into`,
    ]); // prettier-ignore
    const notes = this.#done.filter(({ note }) => note !== undefined);
    const shown = this.#causes.filter(({ cause }) => cause.c.shown).length;
    return [
      '',
      ...(rows.length === 0
        ? []
        : tableLines([['suite', 'cases', 'differing', 'new causes', ''], ...rows], [{}, { align: 'right' }, { align: 'right' }, { align: 'right' }]).map((line) => `  ${line}`)),
      ...(notes.length === 0 ? [] : ['', 'Not compared:', ...notes.map(({ suite, note }) => `  ${suite}: ${note ?? ''}`)]),
      ...(this.#dropped.length === 0 ? [] : ['', 'Differences that are no evidence:', ...this.#dropped.map(({ suite, why, inputs }) => `  ${suite}: ${why} (${inputs.slice(0, 100)})`)]),
      ...(this.#gone.length === 0 ? [] : ['', `Causes of the corpus that are gone here: ${this.#gone.join(', ')}`]),
      '',
      `${this.found.toString()} new ${this.#request.search === 'crashes' ? 'crashes' : 'causes'}, ${shown.toString()} of them shown by a program in C; ${this.#there.toString()} of the corpus are there, ${this.#gone.length.toString()} gone.`,
      `${cases.toLocaleString('en-US')} cases of ${(this.#request.suites?.length ?? 0).toString()} suites in ${seconds.toFixed(1)} s (${Math.round(cases / seconds * 60).toLocaleString('en-US')} a minute), seed ${this.#request.seed.toString()}.`,
      '',
    ].join('\n');
  } // prettier-ignore

  /** All of it, for `--json`. */
  document(): unknown {
    const { between, search, seed } = this.#request;
    return {
      between: between.map(sideText),
      search,
      seed,
      seconds: (performance.now() - this.#started) / 1000,
      cases: this.#cases(),
      suites: this.#done.map(({ event: _, ...rest }) => rest),
      causes: this.#causes.map(({ cause, shown }) => ({ ...cause, ...shown })),
      dropped: this.#dropped.map(({ event: _, ...rest }) => rest),
      gone: this.#gone,
    };
  }

  /** Where the run was, for one that has died. */
  lastPlace(): string {
    if (!this.#portion) return '';
    const { suite, seed, cases } = this.#portion;
    return `It was at ${suite}: ${cases.toString()} cases of seed ${seed.toString()}.\n`;
  }

  #takeOne(event: RunEvent): void {
    switch (event.event) {
      case 'progress':
        this.#running.set(event.suite, event.cases);
        return;
      case 'portion':
        this.#portion = event;
        return;
      case 'ready':
        this.#ready.add(event.suite);
        return;
      case 'begun':
        this.#hasBegun = true;
        this.#started = performance.now();
        return;
      case 'found':
        this.#found++;
        return;
      case 'done':
        this.#done.push(event);
        return;
      case 'dropped':
        this.#dropped.push(event);
        return;
      case 'replayed':
        if (event.state === 'there') this.#there++;
        else this.#gone.push(`${event.suite}#${event.id}`);
        return;
      case 'cause':
        this.#causes.push(event);
        this.#clearLine();
        process.stdout.write(this.#causeText(event));
        return;
      case 'suite':
      case 'report':
    }
  }

  #causeText({ cause, shown, file, source }: CauseEvent): string {
    const [a, b] = this.#request.between.map(sideText);
    const width = Math.max(a?.length ?? 0, b?.length ?? 0, 10);
    const line = (name: string, text: string): string => `  ${`${name}:`.padEnd(width + 1)} ${text}`;
    return [
      `\ncause ${cause.id}  ${cause.suite}`,
      line('kind', cause.cause),
      line('inputs', shown.inputs),
      line(a ?? '', shown.a),
      line(b ?? '', shown.b),
      ...(shown.difference === '' ? [] : [line('difference', shown.difference)]),
      line('in C', cause.c.shown ? relative(process.cwd(), join(file, '..', cause.c.file)) : `not confirmed in C: ${cause.c.why}`),
      ...(this.#programs && source !== undefined ? indented(source) : []),
      line('report', `npx dllparity bug '${cause.suite}#${cause.id}'`),
      line('TypeScript', ''),
      ...indented(shown.script),
      '',
    ].join('\n');
  } // prettier-ignore

  #cases(): number {
    const done = new Set(this.#done.map(({ suite }) => suite));
    const running = [...this.#running].filter(([suite]) => !done.has(suite)).reduce((sum, [, cases]) => sum + cases, 0);
    return this.#done.reduce((sum, { cases }) => sum + cases, running);
  }

  #showLine(): void {
    const now = performance.now();
    if (!process.stderr.isTTY && now - this.#lastLineMs < LINE_MS) return;
    this.#lastLineMs = now;
    const seconds = (now - this.#started) / 1000;
    const total = this.#request.suites?.length ?? 0;
    const text = `${seconds.toFixed(0)} s, ${total.toString()} suites, ${this.#cases().toLocaleString('en-US')} cases (${Math.round(this.#cases() / seconds).toLocaleString('en-US')} a second), ${this.found.toString()} new causes`;
    process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${text}` : `${text}\n`);
  }

  #clearLine(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  }
}

function indented(text: string): string[] {
  return text.trimEnd().split('\n').map((line) => `      ${line}`.trimEnd());
} // prettier-ignore
