import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toUnixPath } from '../../../windows/paths/unix-path.ts';
import { toWindowsPath } from '../../../windows/paths/windows-path.ts';
import { makePrefix, type TestPrefix } from './prefix.ts';

let made: TestPrefix;
beforeEach(() => {
  made = makePrefix();
});
afterEach(() => rmSync(made.folder, { recursive: true }));
const unix = (path: string): string => toUnixPath(path, made.prefix);
const inC = (path: string): string => join(made.prefix, 'drive_c', path);

describe('toUnixPath', () => {
  it('finds what exists without regard to case, and keeps the rest as written', () => {
    expect(unix(String.raw`C:\Windows\SYSTEM32\kernel32.DLL`)).toBe(inC('windows/system32/Kernel32.dll'));
    expect(unix(String.raw`c:/WINDOWS\New/Folder\X.dll`)).toBe(inC('windows/New/Folder/X.dll'));
    expect(unix('D:\\disc\\setup.dll')).toBe(join(made.folder, 'media/Disc/Setup.DLL'));
    expect(unix('z:\\usr')).toBe('/usr');
    expect(unix('C:\\')).toBe(join(made.prefix, 'drive_c'));
  });

  it('prefers the exact name, and otherwise the first in order', () => {
    made.put('prefix/drive_c/AB.dll');
    made.put('prefix/drive_c/ab.dll');
    expect(unix('C:\\ab.dll')).toBe(inC('ab.dll'));
    expect(unix('C:\\AB.dll')).toBe(inC('AB.dll'));
    expect(unix('C:\\Ab.dll')).toBe(inC('AB.dll'));
  });

  it('folds case beyond ASCII as Windows does, one character at a time', () => {
    made.put('prefix/drive_c/Größe Ö.dll');
    expect(unix('C:\\GRÖßE ö.DLL')).toBe(inC('Größe Ö.dll'));
    expect(unix('C:\\GRÖSSE Ö.dll')).toBe(inC('GRÖSSE Ö.dll'));
  });

  it('takes dots by their text, and drops dots and spaces at the end of a name', () => {
    expect(unix('C:\\a\\.\\b\\..\\..\\..\\windows')).toBe(inC('windows'));
    expect(unix('C:\\windows. .\\x.dll. ')).toBe(inC('windows/x.dll'));
    expect(unix('C:\\\\windows\\')).toBe(inC('windows'));
  });

  it('understands the forms with a marker', () => {
    expect(unix('\\\\?\\C:\\windows\\x. ')).toBe(inC('windows/x. '));
    expect(unix('\\\\.\\c:\\windows')).toBe(inC('windows'));
    expect(unix('\\??\\C:\\windows')).toBe(inC('windows'));
    expect(unix(`\\\\?\\unix${made.folder.replaceAll('/', '\\')}\\MEDIA\\a:b`)).toBe(join(made.folder, 'media/a:b'));
    expect(unix('\\\\?\\UNIX\\')).toBe('/');
  });

  it.each([
    ['C:x.dll', 'relative to the current folder of a drive'],
    ['C:', 'relative to the current folder of a drive'],
    ['\\windows', 'it has no drive'],
    ['windows\\x.dll', 'it is relative'],
    ['', 'it is relative'],
    ['\\\\server\\share\\x.dll', 'network share'],
    ['//server/share/x.dll', 'network share'],
    ['\\\\?\\UNC\\server\\share', 'a device or a share'],
    ['\\\\.\\pipe\\x', 'a device or a share'],
    ['E:\\x.dll', 'no drive e: (it has c: d: z:)'],
    ['C:\\a\\b:stream', '"b:stream" cannot be'],
    ['C:\\a\\*.dll', 'cannot be'],
    ['C:\\a\0b', 'cannot be'],
    [`C:\\${'\u6771'.repeat(86)}`, 'has 258 bytes, and 255 are the most'],
    [`C:${'\\abc'.repeat(1200)}`, 'bytes, and 4,095 are the most'],
    ['\\\\?\\unix\\a\0b', 'null character'],
  ])('refuses %j', (path, why) => {
    expect(() => unix(path)).toThrow(/PATH_NOT_VISIBLE/);
    expect(() => unix(path)).toThrow(why);
  });

  it('does not leave a drive by way of ..', () => {
    expect(unix('D:\\..\\..\\etc\\passwd')).toBe(join(made.folder, 'media/etc/passwd'));
  });

  it('undoes toWindowsPath', () => {
    for (const path of ['/usr/lib', inC('windows/system32/Kernel32.dll'), join(made.folder, 'media/日本/ä b.dll')]) {
      expect(unix(toWindowsPath(path, made.prefix))).toBe(path);
    }
  });
});
