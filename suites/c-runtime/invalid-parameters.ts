// What the functions do about an invalid parameter when a handler is set. Without one Microsoft's code asks
// IsProcessorFeaturePresent how to end the process, and is answered by Wine: no evidence. _itoa of radix 1 is not here either:
// Microsoft's code then writes on and on, and what comes of that depends on where the buffer lies.
import { as, conformance, fc } from 'dllparity';
import type { Loaded, Outcome } from 'dllparity/agent';
import { invalidParameterSafe } from './handlers.ts';
import type { Runtime, StdioRuntime } from './runtimes.ts';

type Calls<R extends Runtime> = Readonly<Record<string, (loaded: Loaded<R>) => Outcome>>;

const byAll: Calls<Runtime> = {
  strtol: (loaded) => loaded.strtol.outcome('12', [null], 1),
  strtoul: (loaded) => loaded.strtoul.outcome('12', [null], 37),
  'strtol of null': (loaded) => loaded.strtol.outcome(null, [null], 10),
  'strtod of null': (loaded) => loaded.strtod.outcome(null, [null]),
  'atoi of null': (loaded) => loaded.atoi.outcome(null),
  '_gmtime64_s before 1970': (loaded) => loaded._gmtime64_s.outcome([null] as never, [-100_000]),
  'strncpy_s without room': (loaded) => loaded.strncpy_s.outcome(Buffer.alloc(8), 4, 'abcdef', 6),
  'strncpy_s of null': (loaded) => loaded.strncpy_s.outcome(Buffer.alloc(8), 8, null, 3),
  '_stricmp of null': (loaded) => loaded._stricmp.outcome(null, 'a'),
  '_strnicmp of null': (loaded) => loaded._strnicmp.outcome('a', null, 1),
  '_gcvt without buffer': (loaded) => loaded._gcvt.outcome(1.5, 5, null),
  'asctime of null': (loaded) => loaded.asctime.outcome(null),
  'strftime of null': (loaded) => loaded.strftime.outcome(Buffer.alloc(8), 8, null, null),
};

const byName: Calls<StdioRuntime> = {
  '_snprintf without format': (loaded) => loaded._snprintf.outcome(Buffer.alloc(8), 8, null),
  '_snprintf without buffer': (loaded) => loaded._snprintf.outcome(null, 8, 'abc'),
  '%n': (loaded) => loaded._snprintf.outcome(Buffer.alloc(8), 8, 'a%nb', as([0], 'int *')),
  '_snprintf_s without room': (loaded) => loaded._snprintf_s.outcome(Buffer.alloc(8), 4, 8, 'abcdef'),
};

export function invalidParameterSuites(crt: Runtime): void {
  declare(crt, byAll);
}

/** As above, and of the functions that format by name. */
export function stdioInvalidParameterSuites(crt: StdioRuntime): void {
  declare(crt, { ...byAll, ...byName });
}

function declare<R extends Runtime>(crt: R, calls: Calls<R>): void {
  const names = Object.keys(calls);
  conformance('invalid parameter with handler', crt, {
    input: fc.constantFrom(...names),
    always: names,
    runs: names.length,
    script: (loaded, name, agent) => {
      const call = calls[name];
      if (!call) throw new Error(`there is no call "${name}"`);
      return invalidParameterSafe(loaded, agent, () => call(loaded));
    },
  });
}
