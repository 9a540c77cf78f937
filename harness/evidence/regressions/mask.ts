// What varies from run to run although the DLL does the same: where memory lies, when it was, who ran. Each becomes a word, so that
// two outcomes can be compared. Only what is sure to vary is masked: a status code or a recorded date is a result.

const HOUR_MS = 3_600_000;
/** A moment no farther from the start of the run than this is one of the run. */
const OF_THE_RUN_MS = 24 * HOUR_MS;
/** From 1601, where FILETIME begins, to 1970. */
const FILETIME_EPOCH_MS = 11_644_473_600_000;
/** Addresses below it are offsets from null, and say what went wrong. */
const LOWEST_ADDRESS = 0x10000n;

const PLACES: readonly (readonly [RegExp, string])[] = [
  // Of a fault: the place in the code moves with each build.
  [/\+0x[0-9a-f]+/gi, '+<offset>'],
  [/\b(pid|tid|process|process id|thread|thread id)([ =:#]+)(?:0x[0-9a-f]+|\d+)\b/gi, '$1$2<number>'],
  [/([\\/](?:tmp|temp)[\\/]+)[^\\/"'\s]+/gi, '$1<name>'],
  [/([\\/]prefixes[\\/]+)[^\\/"'\s]+/gi, '$1<name>'],
  [/([\\/](?:users|home)[\\/]+)[^\\/"'\s]+/gi, '$1<user>'],
];

/** @param startedMs when the run began; NaN where that is unknown, and then no time is masked */
export function masked(text: string, startedMs: number): string {
  let found = text
    .replace(/\b(reading|writing|executing|at) (0x[0-9a-f]+)\b/gi, (all, word: string, hex: string) =>
      BigInt(hex) < LOWEST_ADDRESS ? all : `${word} <address>`,
    )
    // More digits than a status code has.
    .replace(/\b0x[0-9a-f]{9,16}\b/gi, '<address>')
    .replace(/\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?/g, (all) => {
      const iso = all.replace(' ', 'T');
      return isOfTheRun(Date.parse(iso.endsWith('Z') ? iso : `${iso}Z`), startedMs) ? '<time>' : all;
    })
    .replace(/\b(?:\d{10}|\d{13}|\d{18})\b/g, (digits) =>
      isOfTheRun(momentOf(digits), startedMs) ? '<time>' : digits,
    );
  for (const [pattern, word] of PLACES) found = found.replace(pattern, word);
  return found;
}

/** What a number of so many digits is as a time: seconds, milliseconds, or a FILETIME. */
function momentOf(digits: string): number {
  const value = Number(digits);
  if (digits.length === 10) return value * 1000;
  return digits.length === 13 ? value : value / 10_000 - FILETIME_EPOCH_MS;
}

function isOfTheRun(ms: number, startedMs: number): boolean {
  return Math.abs(ms - startedMs) < OF_THE_RUN_MS;
}
