import { mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findDll, type FindDllOptions, type FoundDll } from '../../../windows/paths/find-dll.ts';
import { makePrefix, type TestPrefix } from './prefix.ts';

let made: TestPrefix;
beforeEach(() => {
  made = makePrefix();
});
afterEach(() => rmSync(made.folder, { recursive: true }));
const find = (name: string, options: Partial<FindDllOptions> = {}): FoundDll =>
  findDll(name, { prefix: made.prefix, from: made.folder, ...options });
const file = (path: string): FoundDll => ({ kind: 'file', path });

/** As much of a DLL as says which machine it is for. */
function peHeader(machine: number): Buffer {
  const bytes = Buffer.alloc(0x400);
  bytes.write('MZ', 0);
  bytes.writeUInt32LE(0x80, 0x3c);
  bytes.write('PE', 0x80);
  bytes.writeUInt16LE(machine, 0x84);
  bytes.writeUInt16LE(machine === 0x14c ? 0x10b : 0x20b, 0x98); // the magic of the optional header
  return bytes;
}

describe('findDll', () => {
  it('looks a bare name up in the search paths, in order and without regard to case', () => {
    const one = made.put('one/Codec.DLL');
    const two = made.put('two/codec.dll');
    const searchPaths = [join(made.folder, 'none'), join(made.folder, 'one'), join(made.folder, 'two')];
    expect(find('codec.dll', { searchPaths })).toEqual(file(one));
    expect(find('CODEC', { searchPaths })).toEqual(file(one));
    expect(find('codec', { searchPaths: searchPaths.toReversed() })).toEqual(file(two));
  });

  it('passes over a DLL of another architecture, unless there is no other', () => {
    const wide = made.put('one/codec.dll', peHeader(0x8664));
    const narrow = made.put('two/codec.dll', peHeader(0x14c));
    const searchPaths = ['one', 'two'].map((name) => join(made.folder, name));
    expect(find('codec', { searchPaths, architecture: 'x64' })).toEqual(file(wide));
    expect(find('codec', { searchPaths, architecture: 'ia32' })).toEqual(file(narrow));
    expect(find('codec', { searchPaths, architecture: 'arm64' })).toEqual(file(wide));
    // What is no DLL at all is complained about by name when it is loaded.
    const broken = made.put('one/broken.dll', 'text');
    made.put('two/broken.dll', peHeader(0x14c));
    expect(find('broken', { searchPaths, architecture: 'ia32' })).toEqual(file(broken));
  });

  it('leaves a name that is not there to Windows, with its extension', () => {
    expect(find('msvcr120')).toEqual({ kind: 'system', name: 'msvcr120.dll' });
    expect(find('msvcr120.dll')).toEqual({ kind: 'system', name: 'msvcr120.dll' });
    expect(find('api-ms-win-crt-math-l1-1-0')).toEqual({ kind: 'system', name: 'api-ms-win-crt-math-l1-1-0.dll' });
    expect(find('winspool.drv')).toEqual({ kind: 'system', name: 'winspool.drv' });
    expect(find('bare.')).toEqual({ kind: 'system', name: 'bare' });
  });

  it('passes over a folder with the name of the DLL', () => {
    mkdirSync(join(made.folder, 'one/x.dll'), { recursive: true });
    expect(find('x', { searchPaths: [join(made.folder, 'one')] })).toEqual({ kind: 'system', name: 'x.dll' });
  });

  it('takes absolute Unix and Windows paths', () => {
    const path = made.put('one/Codec.dll');
    const kernel = file(join(made.prefix, 'drive_c/windows/system32/Kernel32.dll'));
    expect(find(path)).toEqual(file(path));
    expect(find(join(made.folder, 'ONE/codec'))).toEqual(file(path));
    expect(find(String.raw`C:\Windows\System32\kernel32.dll`)).toEqual(kernel);
    expect(find('c:/windows/system32/kernel32')).toEqual(kernel);
    expect(find(`\\\\?\\unix${path.replaceAll('/', '\\')}`)).toEqual(file(path));
  });

  it('takes paths relative to a folder, with either slash', () => {
    const path = made.put('native/x64/codec.dll');
    for (const name of [
      './native/x64/codec.dll',
      'native/x64/codec',
      '.\\native\\x64\\CODEC.dll',
      `../${basename(made.folder)}/native/x64/codec`,
    ]) {
      expect(find(name)).toEqual(file(path));
    }
    expect(find('./codec', { from: join(made.folder, 'native/x64') })).toEqual(file(path));
  });

  it('takes folders with dots in their names', () => {
    const path = made.put('v1.2/codec.dll');
    expect(find('./v1.2/codec')).toEqual(file(path));
  });

  it('says where it looked for a path that leads to no file', () => {
    expect(() => find('./native/codec')).toThrow(
      `There is no DLL at ./native/codec [DLL_NOT_FOUND]\n    looked at ${join(made.folder, 'native/codec.dll')}\n  next: `,
    );
    expect(() => find('C:\\x\\y')).toThrow(`looked at ${join(made.prefix, 'drive_c/x/y.dll')}`);
    mkdirSync(join(made.folder, 'folder.dll'));
    expect(() => find('./folder.dll')).toThrow('folder.dll, which is not a file');
    expect(() => find('./prefix/')).toThrow('which is not a file');
  });

  it('refuses what names no DLL', () => {
    for (const name of ['', '  ', 'a\0b'])
      expect(() => find(name)).toThrow(/is not the name of a DLL \[DLL_NOT_FOUND\]/);
    for (const name of ['x'.repeat(300), `/tmp/${'x'.repeat(300)}`, `./${'x/'.repeat(3000)}y.dll`])
      expect(() => find(name)).toThrow(/… is not the name of a DLL: .* are the most \[DLL_NOT_FOUND\]/);
    expect(() => find('\\\\server\\share\\x.dll')).toThrow(/PATH_NOT_VISIBLE/);
    expect(() => find('C:x.dll')).toThrow(/PATH_NOT_VISIBLE/);
  });
});
