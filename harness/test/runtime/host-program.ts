// A program that uses an agent, for tests that kill it: prints one line of JSON when the agent is ready, then does what
// its argument says.
import { bootAgent } from '../../agent.ts';
import { basics } from '../reference-dlls.ts';

const agent = await bootAgent({ callTimeoutMs: 60_000 });
const { add, hang } = agent.load(basics);
add(1, 1);
process.stdout.write(`${JSON.stringify({ prefix: agent.prefix, agent: agent.pid })}\n`);
switch (process.argv[2] ?? 'forget') {
  case 'wait':
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
