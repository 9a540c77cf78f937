// A host program ends, in order or not, at a good moment or not: nothing of it is left.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'dllparity';
import { variantsHere, hasAllVariants } from '../../../tools/test-runtimes/extent.ts';
import { currentHost } from '../../machines/current-host.ts';
import { installation } from '../reference-dlls.ts';
import { Host } from './host.ts';

/** How often a host is ended while it boots. */
const BOOTS_ENDED = hasAllVariants ? 10 : 4;

/** bubblewrap as it is for a moment: its first process is in a session of its own, and does not end with its parent. */
const LATE_BUBBLEWRAP = `#!/bin/sh
for word; do
  shift
  case $word in
    --die-with-parent) ;;
    --) set -- "$@" -- /bin/sh -c 'sleep 0.5; exec "$@"' late ;;
    *) set -- "$@" "$word" ;;
  esac
done
exec ${installation.bubblewrap ?? 'bwrap'} "$@"
`;

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

  test('when SIGKILL ends it before bubblewrap has asked to end with it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'late-bubblewrap-'));
    try {
      const program = join(folder, 'bwrap');
      writeFileSync(program, LATE_BUBBLEWRAP, { mode: 0o755 });
      const host = new Host('wait', program);
      await host.booting();
      const commands = (): string[] => currentHost().descendantsOf(host.pid).map((pid) => currentHost().commandLine(pid)); // prettier-ignore
      await expect.poll(commands, { timeout: 10_000 }).toContainEqual(expect.stringMatching(/^sleep\0/));
      await host.end('SIGKILL');
      expect(await host.left()).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
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
