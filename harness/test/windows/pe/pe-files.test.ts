import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync, copyFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isDllparityError } from '../../../base/errors.ts';
import { verifyCodeInMemory } from '../../../evidence/oracle/code-in-memory.ts';
import { verifyOwnCode } from '../../../evidence/oracle/own-code.ts';
import { readPeHeader } from '../../../windows/pe/pe-header.ts';
import { readVersionBlock } from '../../../windows/pe/version-block.ts';
import { readVersionInfo } from '../../../windows/pe/version-info.ts';

const MINGW = 'x86_64-w64-mingw32';
const RESOURCE = `
1 VERSIONINFO
FILEVERSION 12,0,21005,65535
FILETYPE 2
{
  BLOCK "StringFileInfo" { BLOCK "040904b0" {
    VALUE "CompanyName", "Tést Corporation"
    VALUE "FileVersion", "12.00.21005.1 built by: REL"
    VALUE "ProductName", "dllparity"
    VALUE "OriginalFilename", "tiny.dll"
  } }
  BLOCK "VarFileInfo" { VALUE "Translation", 0x0409, 1200 }
}`;

let folder: string;
let dll: string;
let plain: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dllparity-pe-'));
  [dll, plain] = [join(folder, 'tiny.dll'), join(folder, 'plain.dll')];
  const source = write('tiny.c', '__declspec(dllexport) int one(void) { return 1; }');
  const resource = join(folder, 'tiny.o');
  execFileSync(`${MINGW}-windres`, ['-c', '65001', write('tiny.rc', RESOURCE), resource]);
  // Not stripped on purpose: symbols and sections behind the resources are what the version resource is hard to read with.
  execFileSync(`${MINGW}-gcc`, ['-g', '-shared', '-nostdlib', '-Wl,-e,0', '-o', dll, source, resource]);
  execFileSync(`${MINGW}-gcc`, ['-s', '-shared', '-nostdlib', '-Wl,-e,0', '-o', plain, source]);
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string | Buffer): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

function patched(name: string, change: (bytes: Buffer, header: number) => void): string {
  const bytes = readFileSync(plain);
  change(bytes, bytes.readUInt32LE(0x3c));
  return write(name, bytes);
}

describe('readPeHeader', () => {
  it('reads architecture and kind', () => {
    expect(readPeHeader(dll)).toEqual({ architecture: 'x64', isDll: true, isManaged: false, wineMark: undefined });
  });

  it.each([
    [0x14c, 'ia32'],
    [0xaa64, 'arm64'],
    [0x1c4, 'arm'],
    [0x166, '0x0166'],
  ])('knows machine %i as %s', (machine, architecture) => {
    expect(readPeHeader(patched('machine.dll', (bytes, at) => bytes.writeUInt16LE(machine, at + 4))).architecture).toBe(
      architecture,
    );
  });

  it('tells an .exe from a DLL', () => {
    const exe = patched('x.exe', (bytes, at) => bytes.writeUInt16LE(bytes.readUInt16LE(at + 22) & ~0x2000, at + 22));
    expect(readPeHeader(exe).isDll).toBe(false);
  });

  it('tells an assembly of .NET by its directory', () => {
    // Directory 14, behind 24 bytes of file header and 112 of optional header.
    const entry = 24 + 112 + 14 * 8;
    expect(readPeHeader(patched('net.dll', (bytes, at) => bytes.writeUInt32LE(0x2008, at + entry)))).toMatchObject({
      architecture: 'x64',
      isManaged: true,
    });
    const fewer = patched('fewer.dll', (bytes, at) => {
      bytes.writeUInt32LE(0x2008, at + entry);
      bytes.writeUInt32LE(14, at + 24 + 108); // how many directories there are
    });
    expect(readPeHeader(fewer).isManaged).toBe(false);
  });

  it("recognizes Wine's own DLLs by their mark", () => {
    expect(readPeHeader(patched('b.dll', (bytes) => bytes.write('Wine builtin DLL\0', 0x40))).wineMark).toBe('builtin');
    expect(readPeHeader(patched('p.dll', (bytes) => bytes.write('Wine placeholder DLL\0', 0x40))).wineMark).toBe(
      'placeholder',
    );
  });

  it('finds a header far behind the beginning of the file', () => {
    const bytes = readFileSync(plain);
    const moved = Buffer.concat([
      bytes.subarray(0, 0x80),
      Buffer.alloc(100_000),
      bytes.subarray(bytes.readUInt32LE(0x3c)),
    ]);
    moved.writeUInt32LE(0x80 + 100_000, 0x3c);
    expect(readPeHeader(write('far.dll', moved)).architecture).toBe('x64');
  });

  it.each([
    ['empty', '', 'it is empty'],
    ['ELF', '\x7fELF\x02\x01', 'it is an ELF file'],
    ['Mach-O', Buffer.from('cffaedfe07000001', 'hex'), 'Mach-O'],
    ['ZIP', 'PK\x03\x04...', 'a ZIP archive'],
    ['cabinet', 'MSCF\0\0', 'cabinet'],
    ['import library', '!<arch>\n/', 'import library'],
    ['Git LFS', 'version https://git-lfs.github.com/spec/v1\n', 'git lfs pull'],
    ['text', 'hello\n', 'a text file'],
    ['noise', Buffer.from([0, 1, 2, 255]), 'of a kind that is not known'],
    ['short MZ', 'MZ', 'cut off'],
    ['DOS program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]), 'a DOS program'],
    ['wild header offset', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200, 0xff)]), 'a DOS program'],
  ])('says what a file is instead: %s', (name, content, kind) => {
    const path = write(`bad-${name}`, typeof content === 'string' ? Buffer.from(content, 'latin1') : content);
    expect(() => readPeHeader(path)).toThrow(/^The file is not a Windows DLL: it is .*\[DLL_LOAD_FAILED\]\n {2}at /);
    expect(() => readPeHeader(path)).toThrow(kind);
  });

  it('knows 16-bit files and files that end in their header', () => {
    const at16 = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(62), Buffer.from('NE'), Buffer.alloc(20)]);
    at16.writeUInt32LE(64, 0x3c);
    expect(() => readPeHeader(write('16.dll', at16))).toThrow('a 16-bit Windows program');
    at16.write('PE\0\0', 64, 'latin1');
    expect(() => readPeHeader(write('cut.dll', at16.subarray(0, 72)))).toThrow('cut off');
  });

  it('says when there is nothing to read', () => {
    expect(() => readPeHeader(join(folder, 'none.dll'))).toThrow(/cannot be read \[DLL_LOAD_FAILED\][^]*ENOENT/);
    expect(() => readPeHeader(folder)).toThrow('it is a folder');
  });
});

describe('readVersionInfo', () => {
  it('reads texts and the four numbers, from a file with symbols too', () => {
    expect(readVersionInfo(dll)).toEqual({
      companyName: 'Tést Corporation',
      productName: 'dllparity',
      originalFilename: 'tiny.dll',
      fileVersion: '12.00.21005.1 built by: REL',
      fixedFileVersion: '12.0.21005.65535',
    });
  });

  it('has nothing to say about a DLL without a version resource', () => {
    expect(readVersionInfo(plain)).toBeUndefined();
  });

  it('refuses what is no DLL, and one that is cut off', () => {
    expect(() => readVersionInfo(write('text.dll', 'hello'))).toThrow(/a text file \[DLL_LOAD_FAILED\]/);
    const cut = join(folder, 'cut-version.dll');
    copyFileSync(dll, cut);
    for (const bytes of [200, 600, 1600]) {
      truncateSync(cut, bytes);
      expect(() => readVersionInfo(cut), `${bytes} bytes`).toThrow(/(damaged|cut off).*\[DLL_LOAD_FAILED\]/);
      copyFileSync(dll, cut);
    }
  });
});

describe('readVersionBlock', () => {
  const block = (length: number, key: string, ...rest: Buffer[]): Buffer => {
    const head = Buffer.from([length & 0xff, length >> 8, 0, 0, 1, 0]);
    return Buffer.concat([head, Buffer.from(`${key}\0`, 'utf16le'), ...rest]);
  };
  const [empty, tooLong] = [block(0, 'Translation'), block(0xffff, 'Translation')];

  it('ends at a block that says it is no byte long', () => {
    expect(readVersionBlock(block(60, 'ab', Buffer.alloc(4), empty)).children).toEqual([]);
  });

  it('takes of a block that says it is longer than the one around it what is there', () => {
    const { children } = readVersionBlock(block(60, 'a', Buffer.alloc(2), tooLong));
    expect(children).toMatchObject([{ key: 'Translation', text: '', children: [] }]);
  });

  it('refuses what is shorter than a head', () => {
    expect(() => readVersionBlock(Buffer.alloc(5))).toThrow('cut off');
    expect(() => readVersionBlock(Buffer.alloc(64))).toThrow('cut off');
  });
});

describe('a DLL that is damaged', () => {
  /** Everything that looks into a DLL of somebody else. */
  const looks: readonly ((path: string) => unknown)[] = [
    readPeHeader,
    readVersionInfo,
    (path) => {
      verifyOwnCode(path, ['one', 1]);
    },
    (path) => {
      verifyCodeInMemory(path, (_, bytes) => new Uint8Array(bytes));
    },
  ];
  /** Reads, or refuses with a code. */
  function attempt(bytes: Buffer): void {
    const path = write('damaged.dll', bytes);
    for (const look of looks) {
      try {
        look(path);
      } catch (error) {
        if (!isDllparityError(error)) throw error;
        expect(['DLL_LOAD_FAILED', 'ORACLE_REFUSED']).toContain(error.code);
      }
    }
  }

  it('is an error with a code wherever it is cut off', () => {
    const bytes = readFileSync(dll);
    for (let length = 0; length < 1400; length += 13) attempt(bytes.subarray(0, length));
    for (let length = 1400; length < bytes.length; length += 997) attempt(bytes.subarray(0, length));
  });

  it('is an error with a code, or read, whatever bytes are changed', () => {
    const bytes = readFileSync(dll);
    const resources = bytes.indexOf(Buffer.from('VS_VERSION_INFO', 'utf16le'));
    const header = bytes.readUInt32LE(0x3c);
    const place = fc.oneof(fc.nat(header + 600), fc.integer({ min: resources - 200, max: resources + 700 }));
    const value = fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.nat(255));
    fc.assert(
      fc.property(fc.array(fc.tuple(place, value), { minLength: 1, maxLength: 8 }), (changes) => {
        const damaged = Buffer.from(bytes);
        for (const [at, byte] of changes) damaged[at] = byte;
        attempt(damaged);
      }),
      { numRuns: 300 },
    );
  });
});
