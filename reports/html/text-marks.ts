import { diffChars } from 'diff';

/** Start and end of each stretch that differs, flat: `[2, 5, 9, 10]`. An empty stretch is where the other side has more. */
export interface Marks {
  readonly expected: readonly number[];
  readonly actual: readonly number[];
}

// Beyond these a character diff costs more than it shows.
const MAX_LENGTH = 4000;
const MAX_EDITS = 200;

/** What differs between two texts. */
export function textMarks(expected: string, actual: string): Marks {
  if (expected === actual) return { expected: [], actual: [] };
  if (expected.length > MAX_LENGTH || actual.length > MAX_LENGTH) return middle(expected, actual);
  const changes = diffChars(expected, actual, { maxEditLength: MAX_EDITS, timeout: 20 });
  // A diff that jumps back and forth is harder to read than one stretch.
  if (changes === undefined || changes.length > 24) return middle(expected, actual);
  const marks = { expected: [] as number[], actual: [] as number[] };
  let left = 0;
  let right = 0;
  for (const [index, { value, added, removed }] of changes.entries()) {
    if (removed) marks.expected.push(left, left + value.length);
    if (added) marks.actual.push(right, right + value.length);
    if (removed && changes[index + 1]?.added !== true) marks.actual.push(right, right);
    if (added && changes[index - 1]?.removed !== true) marks.expected.push(left, left);
    if (!added) left += value.length;
    if (!removed) right += value.length;
  }
  return marks;
}

/** What differs between two numbers in words: everything from the first digit that does. */
export function tailMarks(expected: string, actual: string): Marks {
  if (expected === actual) return { expected: [], actual: [] };
  let start = 0;
  while (start < expected.length && expected[start] === actual[start]) start += 1;
  return { expected: [start, expected.length], actual: [start, actual.length] };
}

/** The digits that differ between two bit patterns of the same width. */
export function digitMarks(expected: string, actual: string): Marks {
  if (expected.length !== actual.length) return middle(expected, actual);
  const marks: number[] = [];
  for (let at = 0; at < expected.length; at += 1) {
    if (expected[at] === actual[at]) continue;
    if (marks.at(-1) === at) marks[marks.length - 1] = at + 1;
    else marks.push(at, at + 1);
  }
  return { expected: marks, actual: marks };
}

function middle(expected: string, actual: string): Marks {
  let start = 0;
  const shorter = Math.min(expected.length, actual.length);
  while (start < shorter && expected[start] === actual[start]) start += 1;
  let end = 0;
  while (end < shorter - start && expected.at(-1 - end) === actual.at(-1 - end)) end += 1;
  return { expected: [start, expected.length - end], actual: [start, actual.length - end] };
}
