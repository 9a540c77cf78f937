import { createConnection, type Socket } from 'node:net';
import type { Agent } from '../agent/agent.ts';
import { type Figure, figure } from './sample.ts';

/** What a socket costs, for comparison. */
export async function tcpRoundTrip(agent: Agent): Promise<Figure> {
  const { port } = agent.control({ what: 'echo-server' });
  const socket = createConnection(port ?? 0, '127.0.0.1').setNoDelay(true);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  const samples: number[] = [];
  for (let i = 0; i < 2200; i++) {
    const start = process.hrtime.bigint();
    await echo(socket);
    if (i >= 200) samples.push(Number(process.hrtime.bigint() - start));
  }
  socket.destroy();
  agent.control({ what: 'close-echo-server' });
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
