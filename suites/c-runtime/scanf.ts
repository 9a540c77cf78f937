// stdio.h: reading from text in memory.
import { as, conformance, fc } from 'dllparity';
import type { Loaded, Outcome, Pointer } from 'dllparity/agent';
import { invalidParameterSafe } from './handlers.ts';
import { floatText, integerText } from './number-texts.ts';
import type { Runtime, StdioRuntime, UniversalRuntime } from './runtimes.ts';
import { withMemory } from './with-memory.ts';
import { over, text } from './texts.ts';

/** Bytes for what one conversion stores. */
const PLACE_BYTES = 48;
const PLACES = 4;

/** One conversion, and text that it may be given. */
const pieces = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(fc.constantFrom('%d', '%i', '%u', '%x', '%o', '%hd', '%ld', '%3d', '%*d'), integerText(32)),
  },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom('%lld', '%I64d', '%llx', '%I64u'), integerText(64)) },
  {
    weight: 2,
    arbitrary: fc.tuple(
      fc.constantFrom('%f', '%lf', '%le', '%lg', '%5lf', '%*f'),
      floatText.map((value) => [value]),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(
      fc.constantFrom(
        '%s',
        '%5s',
        '%c',
        '%5c',
        '%[a-z]',
        '%[^a]',
        '%4[ab]',
        '%[]a]',
        '%hs',
        '%ls',
        '%lc',
        '%*s',
        '%n',
        '%%',
        '%p',
      ),
      text(12).map((value) => [value]),
    ),
  },
);

interface ScanInput {
  readonly text: string;
  readonly format: string;
}

const inputs: fc.Arbitrary<ScanInput> = fc
  .tuple(
    fc.array(pieces, { minLength: 1, maxLength: PLACES - 1 }),
    fc.constantFrom('', '', ' ', ',', 'x'),
    over('ab1 ', 3),
  )
  .map(([chosen, between, rest]) => ({
    format: chosen.map(([format]) => format).join(between) + (chosen.length > 1 ? '%n' : ''),
    text: chosen.map(([, [value]]) => value.replaceAll('\0', '')).join(between) + rest,
  }))
  .filter(({ text: value }) => value.length < 44);

type Scan = (input: ScanInput, places: readonly Pointer[]) => Outcome;

/** Until Visual Studio 2013: by name. */
export function scanfSuites(crt: StdioRuntime): void {
  suite(
    crt,
    'sscanf',
    (loaded) => (input, places) =>
      loaded.sscanf.outcome(input.text, input.format, ...places.map((place) => as(place, 'void *'))),
  );
  suite(
    crt,
    'swscanf',
    (loaded) => (input, places) =>
      loaded.swscanf.outcome(input.text, input.format, ...places.map((place) => as(place, 'void *'))),
  );
}

/** Since Visual Studio 2015: one function for all. 2 is what `sscanf` of the headers passes. */
export function universalScanfSuites(crt: UniversalRuntime): void {
  for (const name of ['__stdio_common_vsscanf', '__stdio_common_vswscanf'] as const)
    suite(
      crt,
      name,
      (loaded) => (input, places) =>
        loaded[name].outcome(
          2,
          input.text,
          -1,
          input.format,
          null,
          places.map((place) => place.address),
        ),
    );
}

function suite<R extends Runtime>(crt: R, name: string, scan: (loaded: Loaded<R>) => Scan): void {
  conformance(name, crt, {
    input: inputs,
    runs: 800,
    script: (loaded, input, agent) => {
      const common = loaded as Loaded<Runtime>;
      return withMemory(common, PLACE_BYTES * PLACES, (memory) => {
        common.memset(memory, 0x23, PLACE_BYTES * PLACES);
        const places = Array.from({ length: PLACES }, (_, index) => memory.plus(index * PLACE_BYTES));
        const called = invalidParameterSafe(common, agent, () => scan(loaded)(input, places));
        return { ...called, stored: Buffer.from(memory.bytes(PLACE_BYTES * PLACES)) };
      });
    },
  });
}
