import type { Comparator } from '../compare/comparator.ts';
import type { Behaviour, Generator } from './behaviour.ts';

/** One function or scripted behaviour under test, as a suite file declares it. */
export interface Suite {
  /** Stable name: `msvcr120.dll/pow`. */
  readonly name: string;
  /** The part after the DLL. */
  readonly title: string;
  readonly behaviour: Behaviour;
  readonly generator: Generator;
  readonly comparator: Comparator;
  /** Absolute path of the suite file, and the line of the declaration. */
  readonly file: string;
  readonly line: number;
}
