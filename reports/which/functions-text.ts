import type { WhichFunction, WhichFunctionState, WhichRecord } from '../../protocol/records/which-record.ts';
import { many } from '../words.ts';

export const FUNCTION_STATES: Readonly<Record<WhichFunctionState, string>> = {
  implemented: 'implemented',
  stub: 'stub',
  missing: 'missing',
  'no-dll': 'no such DLL',
  unknown: 'not known',
};

/** Functions that a runtime does not have implemented, with what each has; the others as a number. */
export function functionsText({ functions, modules }: WhichRecord): string[] {
  const { runtimes, entries } = functions;
  if (entries.length === 0) return [];
  const names = runtimes.map(({ id }) => id);
  const odd = oddFunctions(entries);
  const whole = `${many(entries.length, 'function')} of Wine's own DLLs imported: ${many(entries.length - odd.length, 'is', 'are')} implemented in ${names.join(' and in ')}.`;
  const lines = ['', whole];
  let module: number | undefined;
  for (const entry of odd) {
    if (entry.module !== module) lines.push(`  ${modules[entry.module]?.name ?? ''}`);
    module = entry.module;
    lines.push(`    ${functionText(entry, names)}`);
  }
  return lines;
}

export function oddFunctions(entries: readonly WhichFunction[]): WhichFunction[] {
  return entries.filter(({ states }) => states.some((state) => state !== 'implemented'));
}

/** `CreateFoo: stub in wine-8.0-x64, implemented in wine-10.0-x64`. */
export function functionText({ symbol, states }: WhichFunction, names: readonly string[]): string {
  return `${symbol}: ${states.map((state, index) => `${FUNCTION_STATES[state]} in ${names[index] ?? ''}`).join(', ')}`;
}
