import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownedName, removeLeftovers } from '../../../machines/linux/leftovers.ts';
import { COPY } from '../../../machines/linux/shell-scripts.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dllparity-leftovers-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function make(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  writeFileSync(join(path, 'file'), '');
  return path;
}

it('only folders whose owner is dead are removed', () => {
  const dead = spawnSync('true').pid.toString();
  const [own, parent, foreign] = [make(ownedName(1)), make(`dllparity-${process.ppid.toString()}-1`), make('dllparity-1-1')];
  const [old, other, named] = [make(`dllparity-${dead}-7`), make(`someone-${dead}-7`), make(`dllparity-${dead}-7-x`)];
  removeLeftovers(folder);
  expect([own, parent, foreign, other, named].map((path) => existsSync(path))).toEqual(Array(5).fill(true));
  expect(existsSync(old)).toBe(false);
}); // prettier-ignore

it('a folder that is not there is no error', () => {
  expect(() => removeLeftovers(join(folder, 'nowhere'))).not.toThrow();
});

/** Runs the script that makes the folders of an agent below a folder of this name. */
function copy(template: string, name: string): SpawnSyncReturns<string> {
  const at = join(folder, name);
  mkdirSync(at);
  const folders = [join(at, 'prefix'), join(at, 'tmp')];
  return spawnSync('/bin/sh', ['-c', COPY, 'sh', template, ...folders, 'true'], { encoding: 'utf8' });
}

describe('a copy of a prefix', () => {
  let template: string;
  let clone: string;
  beforeAll(() => {
    template = make('template');
    mkdirSync(join(template, 'drive_c', 'windows'), { recursive: true });
    mkdirSync(join(template, 'dosdevices'));
    writeFileSync(join(template, 'drive_c', 'windows', 'some.dll'), 'code');
    writeFileSync(join(template, 'system.reg'), 'registry');
    writeFileSync(join(template, 'dllparity-template.json'), '{}');
    symlinkSync('../drive_c', join(template, 'dosdevices', 'c:'));
    symlinkSync('/', join(template, 'dosdevices', 'z:'));
    copy(template, 'copied');
    clone = join(folder, 'copied', 'prefix');
  });

  it('shares no file', () => {
    const inode = (...path: string[]): number => statSync(join(...path)).ino;
    for (const path of [['drive_c', 'windows', 'some.dll'], ['system.reg']])
      expect(inode(clone, ...path)).not.toBe(inode(template, ...path));
    expect(readFileSync(join(clone, 'system.reg'), 'utf8')).toBe('registry');
  });

  it('has its own drives', () => {
    expect(readlinkSync(join(clone, 'dosdevices', 'c:'))).toBe('../drive_c');
    expect(lstatSync(join(clone, 'dosdevices', 'z:')).isSymbolicLink()).toBe(true);
  });

  it('is for this user alone, and does not hold the mark of the template', () => {
    expect(statSync(clone).mode & 0o777).toBe(0o700);
    expect(existsSync(join(clone, 'dllparity-template.json'))).toBe(false);
  });

  it('leaves the template alone when files are written to or removed in it', () => {
    const dll = join(clone, 'drive_c', 'windows', 'some.dll');
    writeFileSync(dll, 'other code');
    rmSync(join(clone, 'system.reg'));
    expect(readFileSync(join(template, 'drive_c', 'windows', 'some.dll'), 'utf8')).toBe('code');
  });

  it('of no template is an error with its path', () => {
    const missing = join(folder, 'no-template');
    const { status, stderr } = copy(missing, 'incomplete');
    expect(status).toBe(1);
    expect(stderr).toContain(missing);
    expect(existsSync(join(folder, 'incomplete', 'ready'))).toBe(false);
  });
});
