// A host program ends, in order or not, at a good moment or not: nothing of it is left.
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'dllparity';
import { variantsHere, hasAllVariants } from '../../../tools/test-runtimes/extent.ts';
import { Host } from './host.ts';

/** How often a host is ended while it boots. */
const BOOTS_ENDED = hasAllVariants ? 10 : 4;

describe('a host program leaves nothing', () => {
  for (const [index, signal] of (['SIGINT', 'SIGTERM', 'SIGKILL'] as const).entries()) {
    for (const what of variantsHere(['wait', 'hang', 'stop'] as const, index)) {
      const when = { wait: 'does nothing', hang: 'is inside a DLL that hangs', stop: 'has a DLL that stopped our programs' }[what]; // prettier-ignore
      test(`when ${signal} ends it while it ${when}`, async () => {
        const host = await new Host(what).ready();
        expect(host.processes).toBeGreaterThan(4);
        await host.end(signal);
        expect(await host.left()).toEqual([]);
      });
    }
  }

  test('when SIGKILL ends it at any time while it boots', async () => {
    const seen: number[] = [];
    for (let time = 0; time < BOOTS_ENDED; time++) {
      const host = new Host('wait');
      await host.booting();
      await sleep(((Math.random() + time) * 600) / BOOTS_ENDED);
      await host.end('SIGKILL');
      seen.push(host.processes);
      expect(await host.left(), `with ${host.processes.toString()} processes`).toEqual([]);
    }
    expect(Math.max(...seen)).toBeGreaterThan(3);
  });

  for (const [how, what] of [
    ['it forgets to close its agent', 'forget'],
    ['it ends of an error', 'throw'],
  ] as const) {
    test(`when ${how}`, async () => {
      const host = await new Host(what).ready();
      await host.hasEnded();
      expect(await host.left()).toEqual([]);
    });
  }
});
