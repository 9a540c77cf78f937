import { compare, coerce } from 'semver';
import { DllparityError } from '../base/errors.ts';
import { parseSide, type Side, sideText } from '../evidence/differential/side.ts';
import { type Installation, listRuntimes, readInstallation } from '../machines/installation.ts';

export interface ChosenSides {
  readonly filters: { readonly files: readonly string[]; readonly suites: readonly string[] };
  readonly between: readonly [Side, Side];
}

/**
 * Which two sides, and what is left of the words of the command.
 *
 * @param words filters; the second side too, where it was written behind a blank
 * @throws ARGUMENT_TYPE where the sides are no pair
 */
export function chooseSides(words: readonly string[], given: string | undefined): ChosenSides {
  const runtimes = listRuntimes().installed;
  const isSide = (word: string): boolean => runtimes.includes(word.split(':')[0] ?? '');
  const named = [...(given?.split(/[\s,]+/) ?? []), ...(given === undefined ? [] : words.filter(isSide))];
  const rest = given === undefined ? words : words.filter((word) => !isSide(word));
  const filters = {
    files: rest.filter((word) => !isSuite(word)),
    suites: rest.filter(isSuite),
  };
  if (named.length === 0) return { filters, between: usual(runtimes.map((id) => readInstallation(id))) };
  const [a, b, ...more] = named.map(parseSide);
  if (!a || !b || more.length > 0) {
    throw new DllparityError('ARGUMENT_TYPE', {
      what: `--between takes two sides, and was given ${named.length.toString()}: ${named.join(' ')}`,
      hint: 'Write for example --between wine-10.0-x64:native wine-10.0-x64.',
    });
  }
  checkPair(a, b);
  return { filters, between: [a, b] };
}

/** `msvcr120.dll/strtod`, which no file is called. */
function isSuite(word: string): boolean {
  return /^[^/]+\.dll\/[^/]+$/i.test(word);
}

/** Microsoft's DLL in the first runtime that can, against the builtin of the newest. */
function usual(installed: readonly Installation[]): readonly [Side, Side] {
  const version = ({ wineVersion }: Installation): string => coerce(wineVersion)?.version ?? '0.0.0';
  const newest = installed.reduce((best, each) => (compare(version(each), version(best)) > 0 ? each : best));
  const native = installed.find(({ architecture }) => architecture === newest.architecture) ?? newest;
  return [
    { runtime: native.id, dll: 'native' },
    { runtime: newest.id, dll: 'builtin' },
  ];
}

function checkPair(a: Side, b: Side): void {
  const refuse = (what: string, hint: string): never => {
    throw new DllparityError('ARGUMENT_TYPE', { what, hint });
  };
  if (sideText(a) === sideText(b)) refuse('both sides are the same', 'Name two: what would they differ in?');
  const [one, other] = [readInstallation(a.runtime), readInstallation(b.runtime)];
  if (one.architecture !== other.architecture)
    refuse(
      `${a.runtime} is ${one.architecture} and ${b.runtime} is ${other.architecture}`,
      'Name two of one architecture.',
    );
}
