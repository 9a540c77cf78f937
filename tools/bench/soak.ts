// npm run soak -- --seconds 600: healthy calls and misbehaviour in turn, for as long as is asked. Fails when a result is wrong, when
// anything grows, or when anything is left at the end.
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent } from '../../harness/calls/agent/agent.ts';
import { loadConfig } from '../../harness/config/load-config.ts';
import { currentHost } from '../../harness/machines/current-host.ts';
import { readInstallation } from '../../harness/machines/installation.ts';
import { type Figures, growth, measure, ownFolders } from './soak-figures.ts';
import { soakWork } from './soak-work.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '600' } } });
const seconds = Number(values.seconds);
if (!(seconds > 0)) throw new Error('--seconds takes a number of seconds');

/** Troubles for one agent, before it is closed and another one gets a prefix of its own. */
const PER_AGENT = 60;

const { config } = await loadConfig({ fixture: { callTimeoutMs: 1000, spare: 'auto', log: { level: 'error' } } });
const installation = readInstallation(config.runtime);
const work = soakWork(installation);
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const boot = (): Agent => new Agent({ config, installation });

const start = performance.now();
const elapsed = (): number => (performance.now() - start) / 1000;
const processesBefore = currentHost().descendantsOf(process.pid).length;
const all: Figures[] = [];
let agent = boot();
let [troubles, processes, saidAt] = [0, 0, 0];
// A busy machine gets as many measurements, later.
while (elapsed() < seconds || (all.length < 4 && elapsed() < 10 * seconds)) {
  await work.healthy(agent);
  work.trouble(agent, troubles++);
  await work.healthy(agent);
  if (troubles % work.troubles.length === 0) {
    // In a process that has just begun, so that each is as old as the others.
    agent.renew();
    await work.healthy(agent);
    all.push(measure(agent, installation));
    if (elapsed() - saidAt > Math.max(5, seconds / 40)) {
      saidAt = elapsed();
      say(line(all.at(-1)));
    }
  }
  if (troubles % PER_AGENT === 0) {
    processes += agent.generation;
    await agent.close();
    agent = boot();
  }
}
processes += agent.generation;
await agent.close();

function line(figures: Figures | undefined): string {
  const texts = Object.entries(figures ?? {}).map(([name, value]) => `${name} ${value.toFixed(0)}`);
  return `${elapsed().toFixed(0).padStart(5)} s  ${troubles.toString()} troubles  ${texts.join('  ')}`;
}

// What has just ended may still be on the list of processes.
for (let tries = 0; tries < 20 && currentHost().descendantsOf(process.pid).length > processesBefore; tries++)
  await sleep(50);
const left = currentHost().descendantsOf(process.pid).length - processesBefore;
const problems = [
  ...(all.length < 4 ? [`only ${all.length.toString()} measurements, and four are needed`] : growth(all)),
  ...(left > 0 ? [`${left.toString()} processes are left`] : []),
  ...ownFolders(installation).map((folder) => `${folder} is left`),
];
say(line(all.at(-1)));
say(
  `${installation.id}: ${troubles.toString()} troubles, ${processes.toString()} processes, ${all.length.toString()} measurements`,
);
for (const problem of problems) say(`GROWTH  ${problem}`);
say(problems.length === 0 ? 'soak: no growth, nothing left' : 'soak: failed');
process.exitCode = problems.length === 0 ? 0 : 1;
