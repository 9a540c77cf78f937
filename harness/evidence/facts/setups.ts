// Set-ups that facts ask for in words. docs/guides/facts.md has the same table; a test keeps the two equal.
import { Unsupported } from './unsupported.ts';

/** What a step does before the call, and how the comparison is made. */
export interface SetupStep {
  readonly words: string;
  /** What it does stays in the process. */
  readonly keepsState: boolean;
  readonly isAlone: boolean;
  readonly ordinal: number | undefined;
  readonly act: SetupAction | undefined;
}

export type SetupAction =
  | { readonly kind: 'last-error'; readonly value: number }
  | { readonly kind: 'errno'; readonly value: number }
  | { readonly kind: 'doserrno'; readonly value: number }
  | { readonly kind: 'ignore-case' }
  | { readonly kind: 'call'; readonly function: string; readonly args: readonly number[] }
  | { readonly kind: 'locale'; readonly name: string }
  | { readonly kind: 'invalid-parameter-handler'; readonly calls: number | undefined }
  | { readonly kind: 'us-english' }
  | { readonly kind: 'winsock' }
  /** Calls before this one, the first on a copy of the text. */
  | {
      readonly kind: 'calls-on-copy';
      readonly function: string;
      readonly text: string;
      readonly delimiters: string;
      readonly calls: number;
    };

interface Recognised {
  readonly pattern: RegExp;
  readonly keepsState?: boolean;
  readonly isAlone?: boolean;
  readonly ordinal?: (match: RegExpExecArray) => number;
  readonly act?: (match: RegExpExecArray) => SetupAction;
}

const NUMBER = String.raw`(-?0x[0-9a-f]+|-?\d+)`;
const pattern = (source: string): RegExp => new RegExp(`^${source}$`, 'i');
const number = (match: RegExpExecArray, group = 1): number => Number(match[group]);
const ORDINALS = ['second', 'third', 'fourth', 'fifth'];

/** What is understood. A step that is in none of these makes its fact unsupported. */
const STEPS: readonly Recognised[] = [
  {
    pattern: pattern(`last (?:winsock )?error is set to ${NUMBER} before the call`),
    act: (match) => ({ kind: 'last-error', value: number(match) >>> 0 }),
  },
  { pattern: pattern(`errno preset to ${NUMBER}`), act: (match) => ({ kind: 'errno', value: number(match) | 0 }) },
  {
    pattern: pattern(`_doserrno preset to ${NUMBER}`),
    act: (match) => ({ kind: 'doserrno', value: number(match) >>> 0 }),
  },
  {
    pattern: pattern(String.raw`call (\w+)\(([-\w, ]*)\) before(?: \(.*\))?`),
    keepsState: true,
    act: (match) => ({ kind: 'call', function: match[1] ?? '', args: numbersIn(match[2] ?? '') }),
  },
  {
    pattern: pattern(String.raw`setlocale\(LC_ALL, "([^"]+)"\) succeeded before the call(?: \(.*\))?`),
    keepsState: true,
    act: (match) => ({ kind: 'locale', name: match[1] ?? '' }),
  },
  {
    pattern: pattern(
      String.raw`invalid parameter handler installed that returns(?: \(it is called (once|\d+ times)\))?`,
    ),
    keepsState: true,
    act: (match) => ({ kind: 'invalid-parameter-handler', calls: timesIn(match[1]) }),
  },
  { pattern: pattern('WSAStartup done'), act: () => ({ kind: 'winsock' }) },
  {
    pattern: pattern('(?:English \\(US\\) locale and user interface|the locale is en-US)'),
    act: () => ({ kind: 'us-english' }),
  },
  { pattern: pattern('the test compares the (?:path|text) without case'), act: () => ({ kind: 'ignore-case' }) },
  { pattern: pattern(String.raw`exported by ordinal (\d+)`), ordinal: (match) => number(match) },
  { pattern: pattern(String.raw`first call in the process(?: \(.*\))?`), isAlone: true },
  { pattern: pattern('C locale, setlocale never called before'), isAlone: true },
  {
    pattern: pattern(
      String.raw`(second|third|fourth|fifth) call after (\w+) on a writable copy of "(.*)" with delimiters "(.*)"`,
    ),
    act: (match) => ({
      kind: 'calls-on-copy',
      function: match[2] ?? '',
      text: match[3] ?? '',
      delimiters: match[4] ?? '',
      calls: ORDINALS.indexOf((match[1] ?? '').toLowerCase()) + 1,
    }),
  },
  // The argument says so itself.
  { pattern: pattern(String.raw`context prepared by .*`) },
];

/** Words that say what the arguments are, or why, and ask for nothing. */
const REMARKS: readonly RegExp[] = [
  /^remark: /i,
  /^(?:a \{ref: \d+\} argument|source|destination|source and destination) (?:is|are) the /i,
  /^offset is from the start of that copy$/i,
  /^(?:the input is the|input text is) /i,
  /^results equal /i,
  /^buffer capacity \d+ stands for /i,
  /^date members other than those set earlier/i,
  /^the test (?:input has|spells|accepts) /i,
  /^no room for the terminator$/i,
  /^free the returned /i,
  /^struct \w+ \(\d+ bytes\) passed by value$/i,
  /^shows /i,
  /^system default language is not /i,
  /^result as memmove\)?$/i,
];

/** The steps of a set-up, which stand with semicolons between. */
export function readSetup(setup: string | undefined): readonly SetupStep[] {
  if (setup === undefined) return [];
  return splitSteps(setup).flatMap((words) => {
    for (const { pattern: wanted, keepsState = false, isAlone = false, ordinal, act } of STEPS) {
      const match = wanted.exec(words);
      if (match) return [{ words, keepsState, isAlone, ordinal: ordinal?.(match), act: act?.(match) }];
    }
    if (REMARKS.some((remark) => remark.test(words))) return [];
    throw new Unsupported(`the set-up "${words}" is not understood`);
  });
}

/** Semicolons and commas between steps; those in quotes, and commas within a step, are none. */
function splitSteps(setup: string): string[] {
  const parts = setup.split(/;\s+(?=(?:[^"]*"[^"]*")*[^"]*$)/);
  return parts.flatMap((part) => part.split(/,\s+(?=_?\w*errno preset)/)).map((part) => part.trim());
}

function numbersIn(list: string): number[] {
  const parts = list.split(',').filter((part) => part.trim() !== '');
  return parts.map((part) => {
    const value = Number(part);
    if (Number.isNaN(value)) throw new Unsupported(`the set-up passes "${part.trim()}", which is no number`);
    return value | 0;
  });
}

function timesIn(words: string | undefined): number | undefined {
  return words === undefined ? undefined : words === 'once' ? 1 : parseInt(words, 10);
}
