// A program that uses an agent, for tests that kill it. It prints `booting`, then one line of JSON when its agent is ready, and does
// what its first argument says. A second one is the program to take for bubblewrap; with `copy` it does without.
import { Agent } from '../../calls/agent/agent.ts';
import { loadConfig } from '../../config/load-config.ts';
import { basics, installation } from '../reference-dlls.ts';
import { runShell } from './sandbox/escape.ts';

const [what = 'forget', how] = process.argv.slice(2);
const { config } = await loadConfig({ fixture: { callTimeoutMs: 60_000 } });
process.stdout.write('booting\n');
const bubblewrap = how === 'copy' ? null : (how ?? installation.bubblewrap);
const agent = new Agent({ config, installation: { ...installation, bubblewrap } });
const { add, hang } = agent.load(basics);
add(1, 1);
if (what === 'stop') {
  // The DLL stops the program that starts agents: from here on it hears nothing.
  await runShell(
    agent,
    'for p in /proc/[0-9]*; do grep -q dllparity-supervisor $p/cmdline && kill -STOP ${p#/proc/}; done',
  );
}
process.stdout.write(`${JSON.stringify({ prefix: agent.prefix, agent: agent.pid })}\n`);
switch (what) {
  case 'wait':
  case 'stop':
    setInterval(() => undefined, 1000);
    break;
  case 'hang':
    hang();
    break;
  case 'throw':
    throw new Error('an error of the program');
  case 'forget':
    break; // The program ends here, its agent open.
}
