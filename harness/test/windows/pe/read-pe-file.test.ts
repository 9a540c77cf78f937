import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BadImage, ImageFile } from '../../../windows/pe/image-file.ts';
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

describe('a small file that says it holds much', () => {
  const RVA = 0x1000;

  /** An image of one section that is mapped at RVA. */
  function imageOf(section: Buffer, directories: Readonly<Record<number, number>>): string {
    const head = Buffer.alloc(0x400);
    head.write('MZ');
    head.writeUInt32LE(0x40, 0x3c);
    const nt = head.subarray(0x40);
    nt.write('PE');
    nt.writeUInt16LE(0x8664, 4);
    nt.writeUInt16LE(1, 6);
    nt.writeUInt16LE(240, 20);
    nt.writeUInt16LE(0x20b, 24);
    nt.writeUInt32LE(head.length, 24 + 60);
    nt.writeUInt32LE(16, 24 + 108);
    for (const [index, address] of Object.entries(directories)) {
      nt.writeUInt32LE(address, 24 + 112 + Number(index) * 8);
      nt.writeUInt32LE(section.length, 24 + 116 + Number(index) * 8);
    }
    const header = nt.subarray(24 + 240);
    header.write('.data');
    for (const [at, value] of [
      [8, 0xffff_0000],
      [12, RVA],
      [16, section.length],
      [20, head.length],
    ] as const)
      header.writeUInt32LE(value, at);
    const path = programs.path('small.dll');
    writeFileSync(path, Buffer.concat([head, section]));
    return path;
  }

  it('imports no more than a program can', () => {
    // A thousand DLLs share one table of 60,000 numbers.
    const numbers = Buffer.alloc(60_000 * 8 + 8);
    for (let i = 0; i < 60_000; i++) numbers.writeUInt32LE(0x8000_0000, i * 8 + 4);
    const descriptor = Buffer.alloc(20);
    descriptor.writeUInt32LE(RVA, 0);
    descriptor.writeUInt32LE(RVA + numbers.length - 8, 12);
    descriptor.writeUInt32LE(RVA, 16);
    const section = Buffer.concat([numbers, ...Array<Buffer>(999).fill(descriptor), Buffer.alloc(20)]);
    expect(() => readPeFile(imageOf(section, { 1: RVA + numbers.length }))).toThrow('its import table has no end');
  });

  it('has resources that lead to themselves, and a manifest as large as its memory', () => {
    const loop = Buffer.alloc(64);
    loop.writeUInt16LE(1, 14);
    loop.writeUInt32LE(24, 16);
    loop.writeUInt32LE(0x8000_0000, 20);
    expect(readPeFile(imageOf(loop, { 2: RVA })).manifests).toEqual([]);
    const file = imageOf(Buffer.alloc(64), {});
    using image = new ImageFile(file);
    expect(() => image.read(RVA, 0x4000_0000)).toThrow('a table in it is larger than the file');
    expect(image.read(RVA + 32, 64)).toEqual(Buffer.alloc(64));
  });
});

it('what is no file at all is refused too', () => {
  expect(() => readPeFile(programs.folder)).toThrow('a folder');
  expect(() => readPeFile(programs.path('none.dll'))).toThrow('ENOENT');
});
