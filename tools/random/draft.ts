import fc from 'fast-check';
import type { LoaderCall, PlacedFile } from '../../harness/loader/scenario.ts';

/**
 * A call that refers to what is there, whichever it is: to calls before it, or to files. Undefined where there is nothing of that kind.
 * A scenario that loses files or calls keeps the others as they were meant.
 */
export type Draft = (before: readonly LoaderCall[], files: readonly PlacedFile[]) => LoaderCall | undefined;

export const PICK = fc.nat(20);

export function draft<T>(
  arbitrary: fc.Arbitrary<T>,
  make: (value: T, files: readonly PlacedFile[], before: readonly LoaderCall[]) => LoaderCall,
): fc.Arbitrary<Draft> {
  return arbitrary.map((value) => (before, files) => make(value, files, before));
}

/** A call on what another one gave. */
export function onEarlier(kinds: readonly LoaderCall['call'][], make: (of: number) => LoaderCall): fc.Arbitrary<Draft> {
  return PICK.map((pick) => (before) => {
    const of = pickIndex(before, kinds, pick);
    return of === undefined ? undefined : make(of);
  });
}

export function pickIndex(
  before: readonly LoaderCall[],
  kinds: readonly LoaderCall['call'][],
  pick: number,
): number | undefined {
  return pickOf(
    before.flatMap(({ call }, index) => (kinds.includes(call) ? [index] : [])),
    pick,
  );
}

export function pickOf<T>(all: readonly T[], pick: number): T | undefined {
  return all[pick % Math.max(1, all.length)];
}

/** As calls name a file. */
export function pathOf({ folder, path }: PlacedFile): string {
  return `{${folder}}\\${path}`;
}
