import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolders } from '../../base/make-folders.ts';

describe('makeFolders', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'folders-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('makes all that are missing, and leaves those that are there', () => {
    makeFolders(join(folder, 'a', 'b', 'c'));
    makeFolders(join(folder, 'a', 'b', 'c'));
    expect(existsSync(join(folder, 'a', 'b', 'c'))).toBe(true);
  });

  it('says what the system says, and returns, where a folder can have no others', () => {
    expect(() => {
      makeFolders('/proc/dllparity/out');
    }).toThrow('ENOENT');
    writeFileSync(join(folder, 'file'), '');
    expect(() => {
      makeFolders(join(folder, 'file', 'out'));
    }).toThrow('ENOTDIR');
  });
});
