import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { linux } from '../../../machines/linux/host.ts';
import { superviseScript } from '../../../machines/linux/shell-scripts.ts';

it('a supervisor whose notes nobody reads any more ends the prefix all the same', async () => {
  const script = superviseScript({
    agent: ['true'],
    serverFolder: undefined,
    registry: undefined,
    server: ['true'],
    exitWatcher: ['true'],
    currentFolder: '/',
    limits: [],
    endAll: [['echo', 'all have ended']],
  });
  const { read, write, inherited } = linux.createPipe();
  const notes = linux.openWriter(read);
  for (const end of [read, write, inherited]) closeSync(end);
  const child = spawn('/bin/sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore', 'ignore', 'ignore', notes] });
  closeSync(notes);
  const [said] = await Promise.all([text(child.stdout as Readable), once(child, 'exit')]);
  expect([said, child.exitCode, child.signalCode]).toEqual(['all have ended\n', 0, null]);
});
