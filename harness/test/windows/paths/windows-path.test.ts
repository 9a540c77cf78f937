import { mkdtempSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readDrives } from '../../../windows/paths/drives.ts';
import { toWindowsPath } from '../../../windows/paths/windows-path.ts';
import { makePrefix, type TestPrefix } from './prefix.ts';

let made: TestPrefix;
beforeEach(() => {
  made = makePrefix();
});
afterEach(() => rmSync(made.folder, { recursive: true }));

describe('readDrives', () => {
  it('reads drive letters only, with their folders', () => {
    const { prefix, folder } = made;
    expect(readDrives(prefix)).toEqual([
      { letter: 'c', folder: join(prefix, 'drive_c'), realFolder: join(prefix, 'drive_c') },
      { letter: 'd', folder: join(folder, 'media'), realFolder: join(folder, 'media') },
      { letter: 'z', folder: '/', realFolder: '/' },
    ]);
  });

  it('says when a folder is no prefix', () => {
    expect(() => readDrives(join(made.folder, 'media'))).toThrow(/no dosdevices folder[^]*\[PATH_NOT_VISIBLE\]/);
  });
});

describe('toWindowsPath', () => {
  it('goes through the nearest drive', () => {
    const { prefix, folder } = made;
    expect(toWindowsPath(join(prefix, 'drive_c/windows/x.dll'), prefix)).toBe(String.raw`C:\windows\x.dll`);
    expect(toWindowsPath(join(folder, 'media/Disc'), prefix)).toBe(String.raw`D:\Disc`);
    expect(toWindowsPath('/usr/lib/x.so', prefix)).toBe(String.raw`Z:\usr\lib\x.so`);
    expect(toWindowsPath(join(prefix, 'drive_c'), prefix)).toBe('C:\\');
    expect(toWindowsPath('/', prefix)).toBe('Z:\\');
    expect(toWindowsPath(join(prefix, 'drive_c2/x'), prefix)).toBe(
      'Z:' + join(prefix, 'drive_c2/x').replaceAll('/', '\\'),
    );
    expect(toWindowsPath(join(prefix, 'drive_c/..x'), prefix)).toBe(String.raw`C:\..x`);
  });

  it('takes names beyond ASCII, spaces, and a path relative to the current folder', () => {
    expect(toWindowsPath('/données/日本 語/😀.dll', made.prefix)).toBe(String.raw`Z:\données\日本 語\😀.dll`);
    expect(toWindowsPath('x.dll', made.prefix)).toBe('Z:' + join(process.cwd(), 'x.dll').replaceAll('/', '\\'));
    expect(toWindowsPath('/a/./b/../c//d', made.prefix)).toBe(String.raw`Z:\a\c\d`);
  });

  it('sees through links on either side', () => {
    const outside = mkdtempSync(join(tmpdir(), 'dllparity-link-'));
    symlinkSync(made.prefix, join(outside, 'p'));
    expect(toWindowsPath(join(outside, 'p/drive_c/new/x.dll'), made.prefix)).toBe(String.raw`C:\new\x.dll`);
    expect(toWindowsPath(join(made.prefix, 'drive_c/new/x.dll'), join(outside, 'p'))).toBe(String.raw`C:\new\x.dll`);
    rmSync(outside, { recursive: true });
  });

  it('refuses what is too long, in words and with the limit', () => {
    expect(() => toWindowsPath(`/a/${'x'.repeat(256)}`, made.prefix)).toThrow(
      /There can be no file .*: the name x{20}… has 256 bytes, and 255 are the most \[PATH_NOT_VISIBLE\]/,
    );
    expect(toWindowsPath(`/a/${'x'.repeat(255)}`, made.prefix)).toHaveLength(3 + 2 + 255);
    expect(() => toWindowsPath('/abc'.repeat(10_000), made.prefix)).toThrow(
      /it has 40,000 bytes, and 4,095 are the most/,
    );
  });

  it('names the drives when none leads there', () => {
    unlinkSync(join(made.prefix, 'dosdevices/z:'));
    expect(() => toWindowsPath('/usr/lib/x.dll', made.prefix)).toThrow(
      new RegExp(
        `^No drive of the prefix leads to /usr/lib/x.dll \\[PATH_NOT_VISIBLE\\]\\n    c: is ${made.prefix}/drive_c\\n    d: is `,
      ),
    );
  });

  it.each([
    ['/a:b/x.dll', '":"'],
    ['/a/b\\c', '"\\\\"'],
    ['/a/b*', '"*"'],
    ['/a/new\nline', '"\\n"'],
    ['/a/dot./x', 'ends in a dot'],
    ['/a/space ', 'ends in a dot or a space'],
    ['/a/Aux.dll', '"Aux.dll" is the name of a device'],
    ['/a/com1', 'device'],
  ])('refuses %j, which Windows cannot name', (path, why) => {
    expect(() => toWindowsPath(path, made.prefix)).toThrow(/PATH_NOT_VISIBLE/);
    expect(() => toWindowsPath(path, made.prefix)).toThrow(why);
  });
});
