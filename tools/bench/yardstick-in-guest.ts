// Windows Node starts here: node.exe yardstick-in-guest <guest modules> <answer> <what>. All Windows paths. The answer is JSON.
import { renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';

const BLOCK = 1000;
const BLOCKS = 300;

const [modules = '', file = '', what = ''] = process.argv.slice(2);

/** Whole or not at all: the host waits for it. */
function answer(value: unknown): void {
  writeFileSync(`${file}.part`, JSON.stringify(value));
  renameSync(`${file}.part`, file);
}

/** Nanoseconds of one plain koffi call, per block: a single call is shorter than the clock is fine. */
function timePow(): number[] {
  const koffi = createRequire(`${modules}\\resolve-from-here.js`)('koffi') as typeof import('koffi');
  const pow = koffi.load('msvcr120.dll').func('double pow(double x, double y)') as (x: number, y: number) => number;
  const samples: number[] = [];
  let sum = 0;
  for (let block = 0; block < BLOCKS; block++) {
    const start = process.hrtime.bigint();
    for (let i = 0; i < BLOCK; i++) sum += pow(1.5, i);
    samples.push(Number(process.hrtime.bigint() - start) / BLOCK);
  }
  return Number.isNaN(sum) ? [] : samples;
}

if (what === 'pow') {
  answer(timePow());
  process.exit(0);
}
const server = createServer((socket) => {
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  // One connection is measured, and its end is the end.
  socket.on('close', () => process.exit(0));
  socket.pipe(socket);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  answer(typeof address === 'object' && address ? address.port : 0);
});
