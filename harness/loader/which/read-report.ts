// What the launcher's list_modules wrote (agent/launcher/modules.c says how).

export type ModuleMark = 'native' | 'builtin' | 'placeholder' | 'unknown';

/** A module of the program's process, as the loader lists it. */
export interface LoadedModule {
  /** 0: by the start of the program; n: by the n-th load. */
  readonly step: number;
  readonly base: bigint;
  readonly bytes: number;
  readonly mark: ModuleMark;
  /** Windows path, as the loader says it. */
  readonly path: string;
}

/** What came of a load at run time. */
export interface LoadEnd {
  readonly step: number;
  /** 0 where it failed. */
  readonly base: bigint;
  /** Error of LoadLibraryExW; 0 where it succeeded. */
  readonly error: number;
}

export interface ModuleReport {
  /** Error of CreateProcessW, or 0. */
  readonly startError: number;
  readonly modules: readonly LoadedModule[];
  readonly loads: readonly LoadEnd[];
  /** Code of an exception that nobody has handled. */
  readonly raised: number | undefined;
  /** The code with which the process ended by itself: the loader has failed. */
  readonly exitCode: number | undefined;
  readonly timedOut: boolean;
  readonly isCut: boolean;
}

const MARKS: readonly ModuleMark[] = ['native', 'builtin', 'placeholder'];

export function readModuleReport(text: string): ModuleReport {
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'));
  const of = (word: string): string[][] => lines.filter(([first]) => first === word);
  const number = (digits: string | undefined): number => Number.parseInt(digits ?? '0', 16);
  const address = (digits: string | undefined): bigint => BigInt(`0x${digits ?? '0'}`);
  const one = (word: string): number | undefined => {
    const [line] = of(word);
    return line && number(line[1]);
  };
  return {
    startError: one('start') ?? 0,
    modules: of('module').map(([, step, base, bytes, mark, path]) => ({
      step: number(step),
      base: address(base),
      bytes: number(bytes),
      mark: MARKS.find((each) => each === mark) ?? 'unknown',
      path: path ?? '',
    })),
    loads: of('load').map(([, step, base, error]) => ({
      step: number(step),
      base: address(base),
      error: number(error),
    })),
    raised: one('raised'),
    exitCode: one('exit'),
    timedOut: of('timeout').length > 0,
    isCut: of('full').length > 0,
  };
}
