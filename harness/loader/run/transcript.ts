import { errorName } from '../loader-constants.ts';
import type { Scenario } from '../scenario.ts';
import { fileText, isPlacedAt, placeText } from './where.ts';

// What the program has written, as words of outcome.ts. Its form is that of reference-dlls/search-order/transcript.h.
const PREFIX = '@dllparity\t';
const IMPORTS = 0xfffe;
const DONE = 0xffff;

/** A module that a call gave: which it is, and where the loader says that it lies. */
export interface SeenModule {
  /** Index of the call; -1 for what the program imports. */
  readonly call: number;
  /** Null when it is no DLL of the scenario. */
  readonly variant: string | null;
  /** Empty where the loader does not say it. */
  readonly path: string;
}

export interface Transcript {
  readonly outcome: readonly string[];
  readonly modules: readonly SeenModule[];
  /** Whether the program came to its end. */
  readonly isComplete: boolean;
}

/** @param root the scenario's own tree, as programs name it */
export function readTranscript(text: string, scenario: Scenario, root: string): Transcript {
  const lines = text
    .split('\n')
    .filter((line) => line.startsWith(PREFIX))
    .map((line) => line.slice(PREFIX.length).split('\t'))
    .map(([index = '', what = '', ...parts]) => ({ index: parseInt(index, 16), what, parts }));
  const modules: SeenModule[] = [];
  const outcome = lines.flatMap(({ index, what, parts }) => {
    if (index === DONE) return [];
    const call = index === IMPORTS ? -1 : index;
    const name = scenario.calls[call]?.call;
    switch (what) {
      case 'error':
        return [`${failurePrefix(name)}${errorName(parseInt(parts[0] ?? '', 16))}`];
      case 'same':
      case 'different':
        return [what];
      case 'found':
        return [`found ${fileText(parts[0] ?? '', root)}`];
      default: {
        const chain = readChain(parts);
        for (const { variant, path } of chain) modules.push({ call, variant, path });
        return [`${modulePrefix(what, index, name)}${chainText(chain, scenario, root)}`];
      }
    }
  });
  return { outcome, modules, isComplete: lines.some(({ index }) => index === DONE) };
}

function failurePrefix(call: string | undefined): string {
  switch (call) {
    case 'LoadLibrary':
    case 'LoadLibraryEx':
      return '';
    case 'GetModuleHandle':
      return 'handle ';
    case 'GetProcAddress':
    case 'CallImport':
    case 'CallDelayed':
      return 'call ';
    case 'SearchPath':
      return 'found ';
    default:
      return `${call ?? ''} `;
  }
}

function modulePrefix(what: string, index: number, call: string | undefined): string {
  if (index === IMPORTS) return 'imports ';
  if (what !== 'module') return `${what} `;
  return call === 'GetModuleHandle' ? 'handle ' : '';
}

interface Link {
  /** What it is to the one before. */
  readonly relation: string;
  readonly variant: string | null;
  readonly path: string;
  /** In the place of a module that is not there. */
  readonly error: number | undefined;
}

function readChain(parts: readonly string[]): Link[] {
  const chain: Link[] = [];
  for (let at = 0; at + 2 < parts.length; at += 3) {
    const [relation = '', variant = '', last = ''] = parts.slice(at, at + 3);
    const isError = variant === '' && /^[0-9a-f]+$/.test(last);
    chain.push({
      relation,
      variant: variant === '' ? null : variant,
      path: isError ? '' : last,
      error: isError ? parseInt(last, 16) : undefined,
    });
  }
  return chain;
}

/** `p > app`: the module, and the last of those that it leads to by its import. Where `which` is forwarded, the target counts. */
function chainText(chain: readonly Link[], scenario: Scenario, root: string): string {
  const counting = chain.filter((_, index) => chain[index + 1]?.relation !== '=');
  const ends = counting.length > 1 ? [counting[0], counting.at(-1)] : counting;
  return ends.map((link) => (link === undefined ? '' : linkText(link, scenario, root))).join(' > ');
}

function linkText({ variant, path, error }: Link, scenario: Scenario, root: string): string {
  if (error !== undefined) return errorName(error);
  const name = variant ?? 'foreign';
  if (path === '' || (variant !== null && isPlacedAt(scenario, variant, path, root))) return name;
  return `${name} @ ${placeText(path, root)}`;
}
