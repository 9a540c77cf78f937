// First code that runs inside Wine: node.exe agent-entry.ts <native library> <guest modules> <folder of the wire> <number>.
// The first three are Windows paths; the number tells this agent's files on the wire from those of others. The warden is told of the
// process before anything else happens in it.
import { writeFileSync } from 'node:fs';
import { agentMain } from './agent-main.ts';

const [library, modules, wire, number] = process.argv.slice(2);
if (!library || !modules || !wire || !number) {
  process.stderr.write('agent-entry: four arguments are needed; the harness starts this program, people do not\n');
  process.exit(64);
}
try {
  // Now, so that nobody has to wait for the warden when this process is called upon.
  writeFileSync(`${wire}\\warden`, `${number} ${process.pid.toString()}\n`, { flag: 'r+' });
} catch {
  // Nobody notes exit codes then, and the host finds that out.
}
const bells = `${wire}\\bells-${number}`;
agentMain({
  library,
  modules,
  share: `${wire}\\share-${number}`,
  bellIn: `${bells}\\to-agent`,
  bellOut: `${bells}\\to-host`,
});
