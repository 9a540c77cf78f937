// What a DLL prints goes to this process's own output, as it would if it were loaded here.
import { writeSync } from 'node:fs';
import type { OutputStream, ProcessOutput } from '../../calls/session/process-output.ts';
import type { Session } from '../../calls/session/session.ts';

const EVERY_MS = 100;
const TARGETS: readonly (readonly [OutputStream, 1 | 2])[] = [
  ['stdout', 1],
  ['stderr', 2],
];

/** Starts to relay; the function that it returns does so at once. */
export function relayOutput(session: Session): () => void {
  let output: ProcessOutput | undefined;
  const drain = (): void => {
    relay(output);
    if (output === session.output) return;
    // Another process has pipes of its own.
    output = session.output;
    relay(output);
  };
  setInterval(drain, EVERY_MS).unref();
  return drain;
}

function relay(output: ProcessOutput | undefined): void {
  for (const [name, target] of TARGETS) {
    const { bytes } = output?.take(name) ?? { bytes: Buffer.alloc(0) };
    try {
      if (bytes.length > 0) writeSync(target, bytes);
    } catch {
      // The terminal is gone.
    }
  }
}
