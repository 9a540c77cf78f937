// Every kind of misbehaviour that the reference DLLs in reference-dlls/faults know, with what has to become of the call.
import { damages, late, leftBehind } from './kinds/damages.ts';
import { ends, endsOfRuntimes, runtimeChecks } from './kinds/ends.ts';
import { filtersInDoubt, filtersThatEnd, filtersThatHang, filtersThatSurvive } from './kinds/filters.ts';
import { hangs, hangsInWindows } from './kinds/hangs.ts';
import type { Kind } from './kinds/kind.ts';
import { survivors } from './kinds/survives.ts';

export const allKinds: readonly Kind[] = [
  ...survivors,
  ...runtimeChecks,
  ...ends,
  ...endsOfRuntimes,
  ...hangs,
  ...hangsInWindows,
  ...damages,
  ...late,
  ...leftBehind,
  ...filtersThatSurvive,
  ...filtersThatEnd,
  ...filtersThatHang,
  ...filtersInDoubt,
];
