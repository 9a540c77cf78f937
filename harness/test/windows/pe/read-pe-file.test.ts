import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BadImage } from '../../../windows/pe/image-file.ts';
import { symbolText } from '../../../windows/pe/imports.ts';
import { readPeFile } from '../../../windows/pe/read-pe-file.ts';
import { Programs } from '../../loader/which/programs.ts';

const MINGW = 'x86_64-w64-mingw32';

let programs: Programs;
beforeAll(() => {
  programs = new Programs('x64');
});
afterAll(() => programs[Symbol.dispose]());

/** What the binutils say of the same file. */
function objdump(path: string): { imports: Map<string, string[]>; exports: string[] } {
  const text = execFileSync(`${MINGW}-objdump`, ['-p', path], { encoding: 'utf8', maxBuffer: 1 << 26 });
  const imports = new Map<string, string[]>();
  for (const part of text.split('DLL Name: ').slice(1)) {
    const [name = '', ...lines] = part.split('\n');
    const symbols = lines.flatMap((line) => /^\t[\da-f]+\s+(?:<none>\s+[\da-f]+|\d+)\s+(\S+)$/.exec(line)?.[1] ?? []);
    imports.set(name.trim(), symbols);
  }
  const table = text.split('[Ordinal/Name Pointer] Table')[1] ?? '';
  const exports = [...table.matchAll(/^\t\[\s*\d+\](?: \+base\[\s*\d+\])?\s+(?:[\da-f]+ )?(\S+)$/gm)].map(
    ([, name = '']) => name,
  );
  return { imports, exports };
}

describe('imports and exports', () => {
  it.each(['/usr/x86_64-w64-mingw32/lib/zlib1.dll', '/usr/i686-w64-mingw32/lib/zlib1.dll'])(
    'of %s are those that objdump finds',
    (path) => {
      const file = readPeFile(path);
      const { imports, exports } = objdump(path);
      expect(imports.size).toBeGreaterThan(1);
      expect(exports.length).toBeGreaterThan(50);
      expect(file.imports.map(({ name }) => name)).toEqual([...imports.keys()]);
      for (const { name, symbols } of file.imports) expect(symbols).toEqual(imports.get(name));
      expect([...file.exports.keys()].filter((name) => !name.startsWith('#')).sort()).toEqual(exports.sort());
    },
  );

  it('know forwarders, by name and by number', () => {
    const file = readPeFile(programs.dll('forward/plug.dll', ['forward.c', 'forward.def']));
    expect(file.exports.get('one')).toEqual({ kind: 'forwarder', to: { dll: 'target.dll', symbol: 'one' } });
    expect(file.exports.get('#2')).toEqual({ kind: 'forwarder', to: { dll: 'target.dll', symbol: 'two' } });
    expect(file.exports.get('three')).toBeUndefined();
  });

  it.each(['x64', 'ia32'] as const)('know what is loaded when it is called first, on %s', (architecture) => {
    using own = new Programs(architecture);
    const file = readPeFile(own.delaying('app.exe'));
    expect(file).toMatchObject({ architecture, isDll: false, isManaged: false });
    expect(file.delayImports).toEqual([{ name: 'late.dll', symbols: ['one'] }]);
    expect(file.imports.map(({ name }) => name)).not.toContain('late.dll');
  });

  it('write numbers as texts that no name can be', () => {
    expect([symbolText(17), symbolText('seventeen')]).toEqual(['#17', 'seventeen']);
  });
});

describe('a file that is damaged', () => {
  let bytes: Buffer;
  let path: string;
  beforeAll(() => {
    bytes = readFileSync(programs.dll('whole.dll', ['two.c']));
    path = programs.path('damaged.dll');
  });

  function attempt(content: Buffer): string {
    writeFileSync(path, content);
    try {
      readPeFile(path);
      return 'read';
    } catch (error) {
      if (!(error instanceof BadImage)) throw error;
      return error.message;
    }
  }

  it('is refused in words wherever it is cut off', () => {
    const said = new Set<string>();
    for (let length = 0; length < 1200; length += 7) said.add(attempt(bytes.subarray(0, length)));
    for (let length = 1200; length < bytes.length; length += 211) said.add(attempt(bytes.subarray(0, length)));
    expect(said).toContain('empty');
    expect(said).toContain('a Windows file that is cut off');
    expect(attempt(bytes)).toBe('read');
  });

  it('is read or refused in words, whatever bytes are changed', () => {
    const header = bytes.readUInt32LE(0x3c);
    const place = fc.oneof(fc.nat(header + 600), fc.nat(bytes.length - 1));
    fc.assert(
      fc.property(fc.array(fc.tuple(place, fc.nat(255)), { minLength: 1, maxLength: 8 }), (changes) => {
        const damaged = Buffer.from(bytes);
        for (const [at, byte] of changes) damaged[at] = byte;
        expect(typeof attempt(damaged)).toBe('string');
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['more sections than Windows takes', (b: Buffer, at: number) => b.writeUInt16LE(97, at + 6)],
    ['an optional header of an unknown kind', (b: Buffer, at: number) => b.writeUInt16LE(0x107, at + 24)],
    ['points outside of it (0x7fff0000)', (b: Buffer, at: number) => b.writeUInt32LE(0x7fff0000, at + 24 + 112 + 8)],
    ['a 16-bit Windows program', (b: Buffer, at: number) => b.write('NE\0\0', at, 'latin1')],
    ['a DOS program', (b: Buffer, at: number) => b.writeUInt32LE(0, at)],
  ])('says what is wrong: %s', (words, change) => {
    const damaged = Buffer.from(bytes);
    change(damaged, damaged.readUInt32LE(0x3c));
    expect(attempt(damaged)).toContain(words);
  });
});

it('what is no file at all is refused too', () => {
  expect(() => readPeFile(programs.folder)).toThrow('a folder');
  expect(() => readPeFile(programs.path('none.dll'))).toThrow('ENOENT');
});
