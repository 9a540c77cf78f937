// A script outside vitest: npx tsx examples/006-script/add.ts 20 22
import { bootAgent, library } from 'dllparity/agent';

const basics = library('basics.dll', { add: 'int add(int a, int b)' });
const [a = 20, b = 22] = process.argv.slice(2).map(Number);

await using agent = await bootAgent();
const { add } = agent.load(basics);
console.log(`${a} + ${b} = ${add(a, b)}, computed by basics.dll on ${agent.runtime}`);
