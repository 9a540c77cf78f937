import { join } from 'node:path';
import type { ShownOutcome } from '../../../protocol/records/result-record.ts';
import type { Json } from '../compare/json.ts';
import { writeProgram } from '../reproducers/c-program.ts';
import { COMPILERS, compileProgram } from '../reproducers/compile.ts';
import { NotInC } from '../reproducers/not-in-c.ts';
import { writeScript } from '../reproducers/script.ts';
import { showInputs, showOutcome } from '../suites/show.ts';
import type { InC } from './cause.ts';
import { type Corpus, fileName } from './corpus.ts';
import type { Finding } from './finding.ts';
import type { LiveSide, Pair } from './pair.ts';
import { sideText } from './side.ts';

const RUN_MS = 10_000;

/** Makes programs that show a cause without dllparity, and tries them. */
export class Reproducer {
  private readonly pair: Pair;
  private readonly corpus: Corpus;
  private readonly folder: string;

  /** @param folder for compiled programs, which both agents see */
  constructor(pair: Pair, corpus: Corpus, folder: string) {
    this.pair = pair;
    this.corpus = corpus;
    this.folder = folder;
  }

  /** The same in TypeScript. */
  script(inputs: readonly Json[]): string {
    const { suite, b, a } = this.pair;
    return writeScript({
      behaviour: suite.behaviour,
      inputs,
      runtime: b.agent.runtime,
      native: a.oracle?.path,
    });
  }

  /**
   * Writes the program in C and compiles it, beside what goes on. What it resolves with runs it on both sides: they have to print
   * different things.
   */
  async begin(finding: Finding, id: string): Promise<() => Promise<InC>> {
    const { suite, a } = this.pair;
    const { declared } = suite.behaviour;
    if (!declared) return isNot('a script makes several calls');
    const { architecture } = a.agent.installation;
    const name = `${fileName(suite.title)}-${id}.c`;
    let source: string;
    try {
      source = writeProgram({
        declared,
        inputs: finding.inputs,
        architecture,
        about: this.about(finding, name),
      });
    } catch (error) {
      if (error instanceof NotInC) return isNot(error.message);
      throw error;
    }
    this.corpus.putFile(name, source);
    const program = join(this.folder, `${fileName(suite.title)}-${id}.exe`);
    const problem = await compileProgram(source, program, architecture);
    if (problem !== undefined) return isNot(problem, name);
    return () => this.tryOut(program, name);
  }

  private async tryOut(program: string, file: string): Promise<InC> {
    const [a, b] = await Promise.all([runOn(this.pair.a, this.pair, program), runOn(this.pair.b, this.pair, program)]);
    if (a !== b) return { shown: true, file };
    return { shown: false, why: `on both sides it prints: ${a.trim().replaceAll(/\s*\n/g, ', ')}`, file };
  }

  private about({ inputs, a, b, judged }: Finding, file: string): string[] {
    const { suite, a: first, b: second } = this.pair;
    const { behaviour } = suite;
    const names = (seen: Finding['a']): string[] => (seen.kind === 'returned' ? Object.keys(seen.fields) : []);
    const { architecture } = first.agent.installation;
    const program = file.replace(/\.c$/, '.exe');
    const dll = behaviour.dll.replace(/\.dll$/, '');
    return [
      suite.name,
      `inputs: ${showInputs(behaviour, inputs).map(({ name, value }) => `${name} = ${value.text}`).join(', ')}`,
      `${sideWords(first)}: ${outcomeText(showOutcome(behaviour, a, names(b)))}`,
      `${sideWords(second)}: ${outcomeText(showOutcome(behaviour, b, names(a)))}`,
      ...(judged.difference ? [judged.difference.summary] : []),
      '',
      `Build: ${COMPILERS[architecture]} -o ${program} ${file}`,
      `Wine's DLL:      wine ${program}`,
      `Microsoft's DLL: WINEDLLOVERRIDES=${dll}=n wine ${program} <path of ${behaviour.dll}>`,
    ];
  } // prettier-ignore
}

function isNot(why: string, file?: string): () => Promise<InC> {
  return () => Promise.resolve({ shown: false, why, ...(file === undefined ? {} : { file }) });
}

/** Who a side is, for a person. */
export function sideWords({ side, oracle, agent }: LiveSide): string {
  if (oracle !== undefined) return `Microsoft's DLL, version ${oracle.fileVersion}`;
  return `${agent.installation.wineBuild} (${sideText(side)})`;
}

/** What a program prints on a side, and how it ends. */
export async function runOn({ agent }: LiveSide, { suite }: Pair, program: string): Promise<string> {
  const { code, stdout } = await agent.run(program, [agent.pathOf(suite.behaviour.library)], { timeoutMs: RUN_MS });
  return `${stdout.toString('latin1').replaceAll('\r', '')}exit ${code === null ? 'never' : code.toString()}`;
}

/** An outcome on one line. */
export function outcomeText(outcome: ShownOutcome): string {
  if (outcome.kind !== 'returned') return outcome.text;
  if (outcome.fields.length === 0) return outcome.text;
  return outcome.fields
    .map(({ name, value }) => `${name} = ${value.text}${value.bits === undefined ? '' : ` (0x${value.bits})`}`)
    .join(', ');
}
