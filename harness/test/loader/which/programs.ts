// Programs and DLLs as people build them, made with MinGW when a test needs them.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Architecture = 'x64' | 'ia32';

const TRIPLETS = { x64: 'x86_64-w64-mingw32', ia32: 'i686-w64-mingw32' } as const;

const SOURCES = {
  'two.c': 'int one(void) { return 1; } int two(void) { return 2; }',
  'one.c': 'int one(void) { return 1; }',
  'use.c': 'int one(void); int two(void); int main(void) { return one() + two() - 3; }',
  // A function that Wine has as a stub, and one that it has implemented.
  'stub.c': `__declspec(dllimport) void *__stdcall CsrAllocateCaptureBuffer(unsigned, unsigned);
    __declspec(dllimport) unsigned __stdcall RtlGetNtGlobalFlags(void);
    __declspec(dllimport) int __stdcall sonone(void);
    int main(void) { return RtlGetNtGlobalFlags() == 1 ? sonone() : CsrAllocateCaptureBuffer(0, 0) != 0; }`,
  'ntdll.def': 'LIBRARY ntdll.dll\nEXPORTS\n CsrAllocateCaptureBuffer@8\n RtlGetNtGlobalFlags@0\n sonone@0\n',
  'plain.c': 'int main(void) { return 0; }',
  'host.c':
    '__declspec(dllexport) int one(void) { return 1; } __declspec(dllexport) int two(void) { return 2; } int main(void) { return 0; }',
  'forward.c': 'int unused;',
  'forward.def': 'EXPORTS\n one = target.one\n two = target.two\n',
  // DllMain that loads another DLL, and has it stay.
  'loads.c': `#include <windows.h>
    int one(void) { return 1; } int two(void) { return 2; }
    BOOL WINAPI DllMain(HINSTANCE self, DWORD reason, void *reserved) {
      (void)self; (void)reserved;
      if (reason == DLL_PROCESS_ATTACH) LoadLibraryW(L"late.dll");
      return TRUE;
    }`,
  'delay.S': `
  .section .didat, "d"
  .long 1
  .rva name, handle, table, names
  .long 0, 0, 0
  .space 32
name: .asciz "late.dll"
  .balign 8
names: .rva one
  .long 0
  .quad 0
handle: .quad 0
table: .quad 0, 0
one: .short 0
  .asciz "one"
`,
} as const;

type Source = keyof typeof SOURCES;

/** A temporary folder with the sources, and what is built from them. */
export class Programs implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'dllparity-which-'));
  readonly architecture: Architecture;

  constructor(architecture: Architecture) {
    this.architecture = architecture;
    for (const [name, text] of Object.entries(SOURCES)) writeFileSync(join(this.folder, name), text);
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** @param name with its folder, for example `missing/plug.dll` */
  dll(name: string, sources: readonly Source[], architecture = this.architecture): string {
    return this.build(name, ['-shared', ...sources], architecture);
  }

  /** A program that imports `one` and `two` from a DLL that is there already. */
  user(name: string, dll: string): string {
    return this.build(name, ['use.c', dll]);
  }

  /** A DLL that imports `one` and `two` from another, or from a host. */
  plugin(name: string, dll: string): string {
    return this.build(name, ['-shared', 'use.c', dll.endsWith('.exe') ? `${dll}.a` : dll]);
  }

  /** A program that exports `one` and `two` for DLLs that are loaded into it. */
  host(name: string): string {
    return this.build(name, ['host.c', `-Wl,--out-implib,${this.path(name)}.a`]);
  }

  /** A program that imports from ntdll.dll a stub, an implemented function, and one that no ntdll.dll has. */
  stubUser(name: string): string {
    const dlltool = `${TRIPLETS[this.architecture]}-dlltool`;
    // Only the names of ia32 have the size of the arguments.
    const names = this.architecture === 'ia32' ? SOURCES['ntdll.def'] : SOURCES['ntdll.def'].replaceAll(/@\d+/g, '');
    writeFileSync(this.path('ntdll.def'), names);
    execFileSync(dlltool, ['-k', '-d', 'ntdll.def', '-l', 'libntdll-few.a'], { cwd: this.folder });
    return this.build(name, ['stub.c', '-L.', '-lntdll-few']);
  }

  /** A program, or a DLL, whose late.dll is loaded when its function is called. The linker does not say so in the header: this does. */
  delaying(name: string, dll = 'late.dll'): string {
    writeFileSync(this.path('delay.S'), SOURCES['delay.S'].replace('late.dll', dll));
    const path = this.build(name, [...(/\.exe$/.test(name) ? [] : ['-shared']), 'plain.c', 'delay.S']);
    const bytes = readFileSync(path);
    const { header, optional, directories } = this.header(bytes);
    const sections = optional + bytes.readUInt16LE(header + 20);
    const section = Array.from({ length: bytes.readUInt16LE(header + 6) }, (_, index) => sections + index * 40).find(
      (at) => bytes.toString('latin1', at, at + 6) === '.didat',
    );
    bytes.writeUInt32LE(bytes.readUInt32LE((section ?? 0) + 12), directories + 13 * 8);
    bytes.writeUInt32LE(64, directories + 13 * 8 + 4);
    writeFileSync(path, bytes);
    return path;
  }

  /** A program, or a DLL, with a manifest inside. */
  withManifest(
    name: string,
    resource: number,
    manifest: string,
    args: readonly (Source | '-shared')[] = ['plain.c'],
  ): string {
    writeFileSync(this.path('own.manifest'), manifest);
    writeFileSync(this.path('own.rc'), `${String(resource)} 24 "own.manifest"\n`);
    execFileSync(`${TRIPLETS[this.architecture]}-windres`, ['own.rc', 'own.o'], { cwd: this.folder });
    return this.build(name, [...args, 'own.o']);
  }

  /** A program, or a DLL, that says of itself that it holds code for .NET. */
  managed(name: string): string {
    const path = this.build(name, [...(/\.exe$/.test(name) ? [] : ['-shared']), 'plain.c']);
    const bytes = readFileSync(path);
    const { directories } = this.header(bytes);
    bytes.writeUInt32LE(0x1000, directories + 14 * 8);
    bytes.writeUInt32LE(72, directories + 14 * 8 + 4);
    writeFileSync(path, bytes);
    return path;
  }

  copy(from: string, to: string): void {
    mkdirSync(join(this.path(to), '..'), { recursive: true });
    copyFileSync(from, this.path(to));
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true });
  }

  private header(bytes: Buffer): { header: number; optional: number; directories: number } {
    const header = bytes.readUInt32LE(0x3c);
    const optional = header + 24;
    return { header, optional, directories: optional + (this.architecture === 'x64' ? 112 : 96) };
  }

  private build(name: string, args: readonly string[], architecture = this.architecture): string {
    const output = this.path(name);
    mkdirSync(join(output, '..'), { recursive: true });
    execFileSync(`${TRIPLETS[architecture]}-gcc`, ['-s', '-o', output, ...args], { cwd: this.folder });
    return output;
  }
}
