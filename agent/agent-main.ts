import { writeSync } from 'node:fs';
import { CONTROL_BYTES } from '../protocol/layout.ts';
import type { ControlRequest, ControlResponse } from '../protocol/messages.ts';
import { controlDesk } from './control.ts';
import { identity } from './identity.ts';
import { koffiOfGuest } from './koffi-of-guest.ts';
import { nativeSide } from './native-side.ts';

export interface AgentPaths {
  readonly share: string;
  readonly bellIn: string;
  readonly bellOut: string;
  readonly bellOfInspector: string;
  readonly library: string;
  readonly modules: string;
}

/** Attaches to the host and starts the calling thread; then answers control requests for as long as the process lives. */
export function agentMain(paths: AgentPaths): void {
  const koffi = koffiOfGuest(paths.modules);
  const native = nativeSide(koffi, koffi.load(paths.library), CONTROL_BYTES);

  const step = native.attach(paths.share, paths.bellIn, paths.bellOut, paths.bellOfInspector);
  if (step !== 0) {
    // Without the wire only the log can tell. A protocol mismatch (6) has the wire, and the host reads both numbers.
    complain(`agent: could not attach (step ${step.toString()}) to ${paths.share}\n`);
    if (step === 6) native.failed();
    process.exit(70);
  }
  try {
    native.write(JSON.stringify(identity(koffi, process.env['DLLPARITY_AGENT_REVISION'] ?? 'unknown')));
    const error = native.start();
    if (error !== 0) throw new Error(`agent_start failed with Windows error ${error.toString()}`);
  } catch (error) {
    native.write(error instanceof Error ? (error.stack ?? error.message) : String(error));
    native.failed();
    process.exit(70);
  }

  const answer = controlDesk(koffi, native);
  const serve = async (): Promise<never> => {
    for (;;) {
      const request = JSON.parse(await native.nextRequest()) as ControlRequest;
      const response = await answer(request).catch((error: unknown): ControlResponse => ({
        ok: false,
        error: String(error),
      }));
      native.answer(JSON.stringify(response));
    }
  };
  serve().catch((error: unknown) => {
    complain(`agent: the control desk has ended: ${String(error)}\n`);
    process.exit(70);
  });
}

/** process.stderr does not work on a pipe under Wine; the descriptor does. */
function complain(text: string): void {
  writeSync(2, text);
}
