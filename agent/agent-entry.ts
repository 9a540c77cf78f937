// First code that runs inside Wine: node.exe agent-entry.ts <native library> <guest modules> <number> <folder of descriptors> <first> <watch>.
// The number tells this agent from others. What it shares with the host it opens through descriptors of the supervisor, whose folder
// in /proc is named: the memory is the `first`, then come the doorbells in the order of WIRE_DESCRIPTORS. The warden reads `watch`, and is told
// of the process before anything else happens in it.
import './plain-output.ts';
import { writeFileSync, writeSync } from 'node:fs';
import { WIRE_DESCRIPTORS } from '../protocol/layout.ts';
import { agentMain } from './agent-main.ts';

const [library, modules, number, folder, first, watch] = process.argv.slice(2);
if (!library || !modules || !number || !folder || !first || !watch) {
  writeSync(2, 'agent-entry: six arguments are needed; the harness starts this program, people do not\n');
  process.exit(64);
}
try {
  // Now, so that nobody has to wait for the warden when this process is called upon.
  writeFileSync(`${folder}\\${watch}`, `${number} ${process.pid.toString()}\n`, { flag: 'r+' });
} catch {
  // Nobody notes exit codes then, and the host finds that out.
}
const at = (index: number): string => `${folder}\\${(Number(first) + index).toString()}`;
agentMain({
  library,
  modules,
  share: at(WIRE_DESCRIPTORS.MEMORY),
  bellIn: at(WIRE_DESCRIPTORS.TO_AGENT),
  bellOut: at(WIRE_DESCRIPTORS.TO_HOST),
  bellOfInspector: at(WIRE_DESCRIPTORS.TO_INSPECTOR),
});
