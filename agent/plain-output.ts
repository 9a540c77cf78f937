// Before anything else in the agent: Windows Node cannot open a pipe under Wine as process.stdout or process.stderr, and some of its own
// modules ask for them. Nobody writes there: what the agent itself has to say goes to the descriptor.
import { Writable } from 'node:stream';
import { writeSync } from 'node:fs';

for (const [name, descriptor] of [
  ['stdout', 1],
  ['stderr', 2],
] as const) {
  const value = new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      writeSync(descriptor, chunk);
      done();
    },
  });
  Object.defineProperty(process, name, { value, configurable: true });
}
