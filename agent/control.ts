// Answers what the host asks of JavaScript: only measurements so far. Calls never come here.
import { createServer, type Server } from 'node:net';
import type { ControlRequest, ControlResponse } from '../protocol/messages.ts';
import type { Koffi } from './koffi-of-guest.ts';
import type { NativeSide } from './native-side.ts';

export function controlDesk(koffi: Koffi, native: NativeSide): (request: ControlRequest) => Promise<ControlResponse> {
  let echo: Server | undefined;

  return async (request) => {
    switch (request.what) {
      case 'echo-server': {
        const server = createServer((socket) => {
          socket.setNoDelay(true);
          socket.on('error', () => socket.destroy());
          socket.pipe(socket);
        });
        await new Promise<void>((resolve, reject) => {
          server.once('error', reject);
          server.listen(0, '127.0.0.1', resolve);
        });
        echo = server;
        const address = server.address();
        return typeof address === 'object' && address
          ? { ok: true, port: address.port }
          : { ok: false, error: 'no port' };
      }
      case 'close-echo-server':
        echo?.close();
        echo = undefined;
        return { ok: true };
      case 'time-koffi-pow':
        return { ok: true, samplesNs: timeKoffiPow(koffi, request.calls) };
      case 'time-guard':
        return { ok: true, samplesNs: native.timeGuard(request.blocks) };
    }
  };
}

/** Nanoseconds of one plain koffi call, per block of 1,000 calls: a single call is shorter than the clock is fine. */
function timeKoffiPow(koffi: Koffi, calls: number): number[] {
  const pow = koffi.load('msvcr120.dll').func('double pow(double x, double y)') as (x: number, y: number) => number;
  const block = 1000;
  const samples: number[] = [];
  let sum = 0;
  for (let done = 0; done < calls; done += block) {
    const start = process.hrtime.bigint();
    for (let i = 0; i < block; i++) sum += pow(1.5, i);
    samples.push(Number(process.hrtime.bigint() - start) / block);
  }
  return Number.isNaN(sum) ? [] : samples;
}
