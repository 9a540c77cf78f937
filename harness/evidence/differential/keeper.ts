import { showInputs, showOutcome } from '../suites/show.ts';
import { type Cause, type KeptOutcome, NOT_TRIED } from './cause.ts';
import { confirm } from './confirm.ts';
import type { RunEvent, ShownCause } from './events.ts';
import type { Explorer, NewCause } from './explorer.ts';
import type { Finding, Search } from './finding.ts';
import { outcomeText, Reproducer } from './reproducer.ts';
import { sideText } from './side.ts';

export interface KeeperRequest {
  readonly search: Search;
  /** For compiled programs; all agents see it. */
  readonly folder: string;
  readonly tell: (event: RunEvent) => void;
}

/** What is still to be done about a cause that is kept: its program is being compiled, and has to be tried. */
interface Unfinished {
  readonly compiled: Promise<() => Promise<Cause['c']>>;
  readonly finish: (c: Cause['c']) => void;
}

/** What trying a program takes, about, and how many are tried at once. */
const PROGRAM_MS = 150;
const AT_ONCE = 3;

/** Confirms causes, keeps them in their corpora, and has programs show them. */
export class Keeper {
  private readonly request: KeeperRequest;
  private unfinished: Unfinished[] = [];

  constructor(request: KeeperRequest) {
    this.request = request;
  }

  /** How many programs wait. */
  get waiting(): number {
    return this.unfinished.length;
  }

  /** How long they will take, in milliseconds, about. */
  get waitingMs(): number {
    return this.unfinished.length * PROGRAM_MS;
  }

  /** Keeps a cause if it is one in fresh processes too. */
  take(explorer: Explorer, { id, cause, finding }: NewCause): void {
    const { search, tell, folder } = this.request;
    const { pair, corpus } = explorer;
    const { suite, b } = pair;
    const confirmed = confirm(pair, search, finding);
    if (confirmed.kind !== 'confirmed') {
      const why =
        confirmed.kind === 'asks-system'
          ? `Microsoft's DLL asks the system, and here Wine answers: ${confirmed.asked.join(', ')}`
          : `not repeatable: ${confirmed.why}`;
      tell({ event: 'dropped', suite: suite.name, why, inputs: inputsText(explorer, finding) });
      return;
    }
    const present = corpus.get(id);
    const { runtime, installation } = b.agent;
    if (present?.seen[runtime] === undefined) {
      explorer.causes++;
      tell({ event: 'found', suite: suite.name, id });
    }
    const kept: Cause = {
      id,
      suite: suite.name,
      cause,
      inputs: [...finding.inputs],
      expected: present?.expected ?? expectedOf(explorer, finding),
      seen: {
        ...present?.seen,
        [runtime]: {
          outcome: keep(finding.b),
          first: new Date().toISOString().slice(0, 10),
          difference: finding.judged.difference?.summary ?? '',
          build: installation.wineBuild,
        },
      },
      c: present?.c ?? { shown: false, why: NOT_TRIED },
    };
    // What comes later may be interrupted.
    corpus.put(kept);
    const reproducer = new Reproducer(pair, corpus, folder);
    this.unfinished.push({
      compiled: reproducer.begin(finding, id),
      finish: (c) => {
        // Another runtime may have a program already that shows it.
        const whole: Cause = { ...kept, c: kept.c.shown && !c.shown ? kept.c : c };
        corpus.put(whole);
        const source = c.file === undefined ? undefined : corpus.readFile(c.file);
        const shown = { ...show(explorer, finding), script: reproducer.script(finding.inputs) };
        tell({ event: 'cause', cause: whole, shown, file: corpus.file, source });
      },
    });
  }

  /** Tries the programs that wait. They run in the agents, which have to stay as they are meanwhile. */
  async tryPrograms(): Promise<void> {
    const next = this.unfinished.values();
    this.unfinished = [];
    const oneAfterOther = async (): Promise<void> => {
      for (const { compiled, finish } of next) finish(await (await compiled)());
    };
    await Promise.all(Array.from({ length: AT_ONCE }, oneAfterOther));
  }
}

function expectedOf({ pair: { suite, a } }: Explorer, finding: Finding): Cause['expected'] {
  const { oracle } = a;
  const source = suite.behaviour.library.oracles.find(({ sha256 }) => sha256 === oracle?.sha256)?.source;
  return {
    side: sideText(a.side),
    outcome: keep(finding.a),
    ...(oracle === undefined || source === undefined
      ? {}
      : { dll: { fileVersion: oracle.fileVersion, sha256: oracle.sha256, source } }),
  };
}

function show(explorer: Explorer, finding: Finding): Omit<ShownCause, 'script'> {
  const { behaviour } = explorer.pair.suite;
  const { a, b } = finding;
  const names = (seen: Finding['a']): string[] => (seen.kind === 'returned' ? Object.keys(seen.fields) : []);
  return {
    inputs: inputsText(explorer, finding),
    a: outcomeText(showOutcome(behaviour, a, names(b))),
    b: outcomeText(showOutcome(behaviour, b, names(a))),
    difference: finding.judged.difference?.summary ?? '',
  };
}

function inputsText({ pair: { suite } }: Explorer, { inputs }: Finding): string {
  return showInputs(suite.behaviour, inputs)
    .map(({ name, value }) => `${name} = ${value.text}`)
    .join(', ');
}

/** The part of an observation that is the same in another run. */
function keep(seen: Finding['a']): KeptOutcome {
  switch (seen.kind) {
    case 'returned':
      return { kind: 'returned', fields: seen.fields };
    case 'faulted':
      return { kind: 'faulted', code: seen.code, ...(seen.place === undefined ? {} : { place: seen.place }) };
    case 'exited':
      return { kind: 'exited', code: seen.code };
    default:
      return { kind: seen.kind };
  }
}
