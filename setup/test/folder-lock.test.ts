import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ownerName, startTime, withFolderLock } from '../folder-lock.mjs';
import { temporaryFolder, writeTree } from './temporary-folder.ts';

test('only one holder at a time, and nothing is left', async () => {
  const lock = join(temporaryFolder(), 'a.lock');
  let inside = 0;
  let most = 0;
  const work = () =>
    withFolderLock(lock, {}, async () => {
      most = Math.max(most, (inside += 1));
      await sleep(5);
      inside -= 1;
    });
  await Promise.all([work(), work(), work(), work()]);
  expect(most).toBe(1);
  expect(readdirSync(dirname(lock))).toEqual([]);
});

test('takes over from a process that is dead', async () => {
  const lock = join(temporaryFolder(), 'a.lock');
  const dead = spawn('true');
  await once(dead, 'exit');
  writeTree(lock, { [ownerName(dead.pid!, '12345')]: '' });
  await expect(withFolderLock(lock, {}, () => Promise.resolve('done'))).resolves.toBe('done');
});

test('takes over when the process id was given to another process since', async () => {
  const lock = join(temporaryFolder(), 'a.lock');
  writeTree(lock, { [ownerName(process.pid, '1')]: '' });
  await expect(withFolderLock(lock, {}, () => Promise.resolve('done'))).resolves.toBe('done');
});

test('waits for a living holder, says for whom, and stops waiting when interrupted', async () => {
  const lock = join(temporaryFolder(), 'a.lock');
  writeTree(lock, { [ownerName(process.pid, (await startTime(process.pid))!)]: '' });
  const controller = new AbortController();
  const waited: number[] = [];
  const onWait = (pid: number): void => {
    waited.push(pid);
    controller.abort();
  };
  const waiting = withFolderLock(lock, { signal: controller.signal, onWait }, () => Promise.resolve());
  await expect(waiting).rejects.toThrow('interrupted');
  expect(waited).toEqual([process.pid]);
  expect(readdirSync(dirname(lock))).toEqual(['a.lock']);
});

test('is released when the work throws', async () => {
  const lock = join(temporaryFolder(), 'a.lock');
  const failing = withFolderLock(lock, {}, () => Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  expect(readdirSync(dirname(lock))).toEqual([]);
});
