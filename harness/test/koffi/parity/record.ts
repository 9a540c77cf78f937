// What a spec asks of koffi and how it writes down the answers. Runs in Windows Node as well, by type stripping.
import { canonical } from './canonical.ts';

export type Koffi = typeof import('koffi');

/** koffi as code without types sees it: for calls that its types would refuse. */
export type Loose = Readonly<Record<string, (...args: unknown[]) => unknown>>;

/** What one question was answered with. */
export type Answers = Record<string, string>;

/** What a spec works with. */
export interface Subject {
  readonly koffi: Koffi;
  readonly loose: Loose;
  /** Path of koffi_parity.dll, as this system writes it. */
  readonly dll: string;
  readonly lib: ReturnType<Koffi['load']>;
  /** Writes down what `question` returns or throws. */
  check(id: string, question: () => unknown): void;
  /** The same for a promise. */
  checkLater(id: string, question: () => Promise<unknown>): Promise<void>;
}

export type Spec = (subject: Subject) => void | Promise<void>;

/** Asks one koffi the questions of one spec. */
export async function ask(koffi: Koffi, dll: string, name: string, spec: Spec): Promise<Answers> {
  const answers: Answers = {};
  const write = (id: string, answer: string): void => {
    const key = `${name}: ${id}`;
    if (key in answers) throw new Error(`two questions are called "${key}"`);
    answers[key] = answer;
  };
  await spec({
    koffi,
    loose: koffi as unknown as Loose,
    dll,
    lib: koffi.load(dll),
    check(id, question) {
      let answer: string;
      try {
        answer = canonical(question());
      } catch (error) {
        answer = `throws ${canonical(error)}`;
      }
      write(id, answer);
    },
    async checkLater(id, question) {
      let answer: string;
      try {
        answer = canonical(await question());
      } catch (error) {
        answer = `rejects ${canonical(error)}`;
      }
      write(id, answer);
    },
  });
  return answers;
}
