// The process of a scenario, and the registry that it finds.

import fc from 'fast-check';
import type { PlacedFile, Program, RegistryValue } from '../../harness/loader/scenario.ts';
import { PICK, pickOf } from './draft.ts';
import type { Named } from './name-arbitrary.ts';
import { BUILTIN, KNOWN, NAMES, TARGET } from './names.ts';

const rarely = <T, U>(often: T, weight: number, arbitrary: fc.Arbitrary<U>): fc.Arbitrary<T | U> =>
  fc.oneof({ weight, arbitrary: fc.constant(often) }, { weight: 1, arbitrary });

/** Mostly a DLL that there is. Those of Windows have nothing that a program of a scenario could import. */
const imports: fc.Arbitrary<Named> = fc
  .tuple(PICK, fc.nat(7), fc.constantFrom<string>(...NAMES))
  .map(([pick, chance, other]) => (files) => {
    const names = files.flatMap(({ path }) => NAMES.filter((name) => path === name));
    return chance === 0 ? other : (pickOf(names, pick) ?? other);
  });

const NO_ENVIRONMENT: Readonly<Record<string, string>> = {};
const environment = rarely(
  NO_ENVIRONMENT,
  12,
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.constantFrom<Readonly<Record<string, string>>>(
        { PATH: '{dir1};{system32}' },
        { Path: '{path2};{path1}' },
        { PATH: '' },
        { SO_OTHER: '{dir1}' },
      ),
    },
    // Written to the registry: such scenarios run one at a time.
    {
      weight: 1,
      arbitrary: fc.constantFrom(BUILTIN, KNOWN).map((name) => ({ WINEDLLOVERRIDES: `${bare(name)}=n,b` })),
    },
  ),
);

function bare(name: string): string {
  return name.replace('.dll', '');
}

/** All but its manifest, which belongs to the files as well. */
export const program: fc.Arbitrary<(files: readonly PlacedFile[]) => Omit<Program, 'manifest'>> = fc
  .record({
    imports: rarely(undefined, 3, imports),
    symbols: rarely('all', 20, fc.constant('missing' as const)),
    environment,
    parentDllDirectory: rarely(undefined, 60, fc.constantFrom('{dir1}', '{dir2}', '')),
  })
  .map(({ imports: named, symbols, ...rest }) => (files) => ({
    ...rest,
    imports: named?.(files, []),
    missingSymbol: symbols === 'missing' && named !== undefined,
  }));

const SESSION_MANAGER = 'HKLM\\System\\CurrentControlSet\\Control\\Session Manager\\';
const OPTIONS = 'HKLM\\Software\\Microsoft\\Windows NT\\CurrentVersion\\Image File Execution Options\\';
const APP_PATHS = 'HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\App Paths\\probe.exe\\';

/** Registry values are shared by all processes of a prefix: rare, as such scenarios run one at a time. */
export const registry: fc.Arbitrary<readonly RegistryValue[]> = rarely(
  [],
  30,
  fc.subarray<RegistryValue>(
    [
      { path: `${SESSION_MANAGER}SafeDllSearchMode`, value: 0 },
      { path: `${SESSION_MANAGER}KnownDLLs\\sotgt`, value: TARGET },
      { path: `${OPTIONS}DevOverrideEnable`, value: 1 },
      { path: `${APP_PATHS}Path`, value: 'C:\\nowhere' },
    ],
    { minLength: 1, maxLength: 2 },
  ),
);
