// What Microsoft's runtime does about an invalid parameter: it calls the handler that a program has set, and only
// without one it ends the process.
import type { Agent, Loaded, Outcome } from 'dllparity/agent';
import type { Runtime } from './runtimes.ts';

/** The outcome of a call during which a handler is set, as a script may return it. */
export function invalidParameterSafe(
  loaded: Loaded<Runtime>,
  agent: Agent,
  call: () => Outcome,
): Record<string, unknown> {
  // The runtime calls it during a later call, so it has to outlive the one that sets it.
  const handler = agent.callback(
    'void (*)(const wchar_t *expression, const wchar_t *function, const wchar_t *file, unsigned int line, uintptr_t reserved)',
    () => undefined,
  );
  loaded._set_invalid_parameter_handler(handler.pointer);
  try {
    const outcome = call();
    return outcome.kind === 'returned' ? { result: outcome.result, errno: outcome.errno } : { kind: outcome.kind };
  } finally {
    loaded._set_invalid_parameter_handler(null);
    handler.release();
  }
}
