// What Microsoft's runtime does about an invalid parameter: it calls the handler that a program has set, and only
// without one it ends the process.
import type { Loaded, Outcome } from 'dllparity/agent';
import type { crt } from './msvcr120.ts';

/** The outcome of a call during which a handler is set, as a script may return it. */
export function invalidParameterSafe(loaded: Loaded<typeof crt>, call: () => Outcome): Record<string, unknown> {
  loaded._set_invalid_parameter_handler(() => undefined);
  try {
    const outcome = call();
    return outcome.kind === 'returned' ? { result: outcome.result, errno: outcome.errno } : { kind: outcome.kind };
  } finally {
    loaded._set_invalid_parameter_handler(null);
  }
}
