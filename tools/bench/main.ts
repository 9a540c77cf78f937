// npm run bench: every figure in one run, so that their ratios mean something on a machine whose speed drifts.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { Agent } from '../../harness/calls/agent/agent.ts';
import { exact } from '../../harness/evidence/compare/comparator.ts';
import { loadConfig } from '../../harness/config/load-config.ts';
import { functionBehaviour } from '../../harness/evidence/suites/behaviour.ts';
import { judgeCase } from '../../harness/evidence/suites/judge-case.ts';
import { library } from '../../harness/types/declare/library.ts';
import { readInstallation } from '../../harness/machines/installation.ts';
import { nativeBatchAdd } from './columns.ts';
import { crowdedAdd } from './crowded.ts';
import { imageFilterStructs } from './filter.ts';
import { hang, prefixClone, spareTakeover } from './recovery.ts';
import { type Figure, figure, timeEach } from './sample.ts';
import { faultRecovery, guardOverhead } from './guard.ts';
import { bigBuffer, bubblesort, imageFilter, manyCalls } from './memory.ts';
import { scenarioEach } from './scenario.ts';
import { table } from './table.ts';
import { koffiPow, tcpRoundTrip } from './yardstick.ts';

const { config } = await loadConfig();
const installation = readInstallation(config.runtime);
const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** Clone, boot and handshake, with a Wine server of its own each time. */
async function agentBoot(times: number): Promise<Figure> {
  const samples: number[] = [];
  for (let i = 0; i < times; i++) {
    const start = process.hrtime.bigint();
    const agent = new Agent({ config, installation });
    samples.push(Number(process.hrtime.bigint() - start));
    await agent.close();
  }
  return figure('agent-boot', samples);
}

function syncAdd(agent: Agent): Figure {
  const { add } = agent.load(library(join(installation.referenceDlls, 'basics.dll'), { add: 'int add(int a, int b)' }));
  timeEach(50_000, () => add(1, 2));
  return figure(
    'sync-add',
    timeEach(200_000, () => add(1, 2)),
  );
}

/** Per case: inputs as a baseline holds them are made arguments and frames, called, observed, and compared. */
function batchPow(agent: Agent): Figure {
  const crt = library('msvcr120.dll', { pow: 'double pow(double x, double y)' }, { errno: '_errno' });
  const behaviour = functionBehaviour(crt.pow);
  const inputs = Array.from({ length: 10_000 }, (_, i): [number, number] => [1 + i / 1000, (i % 200) / 10]);
  const expected = behaviour.observe(agent, inputs).map((seen) => {
    if (seen.kind !== 'returned') throw new Error('pow did not return');
    return seen;
  });
  const comparator = exact({ signedZero: true });
  const round = (): void => {
    const seen = behaviour.observe(agent, inputs, { expected });
    for (let i = 0; i < seen.length; i++) {
      const [wanted, found] = [expected[i], seen[i]];
      if (!wanted || !found || judgeCase(behaviour, comparator, wanted, found).verdict !== 'match')
        throw new Error('pow is not repeatable');
    }
  };
  timeEach(10, round);
  return figure(
    'batch-pow',
    timeEach(100, round).map((ns) => ns / inputs.length),
  );
}

say('booting agents ...');
const boot = await agentBoot(7);
const agent = new Agent({ config, installation });
say('calling ...');
const figures: Figure[] = [
  await koffiPow(installation),
  syncAdd(agent),
  await crowdedAdd(),
  guardOverhead(agent, installation),
  batchPow(agent),
  faultRecovery(agent, installation),
  nativeBatchAdd(agent, installation),
  bubblesort(agent, installation),
  imageFilter(agent, installation),
  imageFilterStructs(agent, installation),
  ...bigBuffer(agent, installation),
  manyCalls(agent, installation),
  await tcpRoundTrip(installation),
  await scenarioEach(agent, 10),
  await hang({ config, installation }, 10),
  await spareTakeover({ config, installation }, 20),
  await prefixClone({ config, installation }, 20),
  boot,
];
await agent.close();

mkdirSync(config.outDir, { recursive: true });
const file = join(config.outDir, 'bench.json');
await writeFileAtomic(file, `${JSON.stringify(figures, null, 2)}\n`);
process.stdout.write(`${table(figures)}\n`);
say(`written to ${file}`);
