// What real koffi and a socket cost in Windows Node under the same Wine: what our own figures are held against.
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Installation } from '../../harness/machines/installation.ts';
import { throughZ } from '../../harness/machines/linux/wine-environment.ts';
import { type Figure, figure } from './sample.ts';
import { windowsNode } from './windows-node.ts';

const LIMIT_MS = 60_000;
const ROUND_TRIPS = 2200;
const WARM_UP = 200;

const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const program = fileURLToPath(new URL(`yardstick-in-guest.${extension}`, import.meta.url));

/** A plain call of koffi. */
export async function koffiPow(installation: Installation): Promise<Figure> {
  const samples = await ask(installation, 'pow', (answer) => answer as number[]);
  return figure('koffi-in-agent-pow', samples);
}

/** A byte there and back through a socket. */
export async function tcpRoundTrip(installation: Installation): Promise<Figure> {
  return ask(installation, 'echo', (port) => roundTrips(port as number));
}

async function ask<T>(installation: Installation, what: string, use: (answer: unknown) => T | Promise<T>): Promise<T> {
  const node = windowsNode(installation);
  const output = join(node.folder, 'answer.json');
  const log = join(node.folder, 'log');
  const file = openSync(log, 'a');
  const child = node.start(program, [installation.guestModules, output].map(throughZ).concat(what), file);
  const ended = new Promise((resolve) => child.once('close', resolve));
  try {
    const start = performance.now();
    while (!existsSync(output)) {
      if (child.exitCode !== null || performance.now() - start > LIMIT_MS)
        throw new Error(`Windows Node has not answered:\n${readFileSync(log, 'utf8')}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return await use(JSON.parse(readFileSync(output, 'utf8')));
  } finally {
    child.kill('SIGKILL');
    await ended;
    closeSync(file);
    node.remove();
  }
}

async function roundTrips(port: number): Promise<Figure> {
  const socket = createConnection(port, '127.0.0.1').setNoDelay(true);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  const samples: number[] = [];
  for (let i = 0; i < ROUND_TRIPS; i++) {
    const start = process.hrtime.bigint();
    await echo(socket);
    if (i >= WARM_UP) samples.push(Number(process.hrtime.bigint() - start));
  }
  socket.destroy();
  return figure('tcp-round-trip', samples);
}

function echo(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('data', () => {
      resolve();
    });
    socket.write('!');
  });
}
