// Most scenarios ask for the same few names; some of them ask for others in their place, so that those meet too.

import fc from 'fast-check';
import type { LoaderCall } from '../../harness/loader/scenario.ts';
import type { DllPlace } from './dll-arbitrary.ts';
import { API_SET, BUILTIN, FORWARDER, KNOWN, PARENT, TARGET, TOP } from './names.ts';

export interface Theme {
  readonly from: string;
  readonly to: string;
}

const theme = (from: string, to: string): Theme => ({ from, to });

export const themes: fc.Arbitrary<Theme | undefined> = fc.oneof(
  { weight: 12, arbitrary: fc.constant(undefined) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      theme(TARGET, KNOWN),
      theme(TARGET, BUILTIN),
      theme(TARGET, API_SET),
      theme(PARENT, TOP),
      theme(PARENT, FORWARDER),
      theme(PARENT, FORWARDER),
    ),
  },
);

/** What another DLL imports keeps its name where only some of the copies are renamed. */
export function themedPlace(place: DllPlace, by: Theme | undefined): DllPlace {
  const isKept = place.choice === 1 && by?.from === PARENT && by.to === TOP;
  if (by === undefined || place.name !== by.from || isKept) return place;
  return { ...place, name: by.to, path: renamed(place.path, by) };
}

export function themedCall(call: LoaderCall, by: Theme | undefined): LoaderCall {
  const hasName = call.call === 'LoadLibrary' || call.call === 'LoadLibraryEx' || call.call === 'GetModuleHandle';
  if (by === undefined || !(hasName || call.call === 'SearchPath') || call.name === null) return call;
  return { ...call, name: renamed(call.name, by) };
}

function renamed(text: string, { from, to }: Theme): string {
  const [old, now] = [bare(from), bare(to)];
  return text.replaceAll(old, now).replaceAll(old.toUpperCase(), now.toUpperCase());
}

function bare(name: string): string {
  return name.replace('.dll', '');
}
