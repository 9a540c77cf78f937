import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NtExecutable, NtExecutableResource } from 'pe-library';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../base/package-root.ts';
import { ContentBytes } from '../../loader/run/content-bytes.ts';
import { patchDll, patchProgram } from '../../loader/run/patch-dll.ts';
import { plainDll } from '../../loader/plain-dll.ts';
import type { DllContent } from '../../loader/scenario.ts';

const folder = join(packageRoot, 'build', 'native', 'search-order');
const built = (['x64', 'ia32'] as const).filter((each) => existsSync(join(folder, each, 'variant.dll')));

const plain = plainDll('app');

/** The DLLs that a file imports from, with the names of what it imports, read by another way than that of the code. */
function importsOf(file: Buffer): Record<string, string[]> {
  const section = (rva: number): number => {
    const [found] = NtExecutable.from(file)
      .getAllSections()
      .filter(({ info }) => rva >= info.virtualAddress && rva < info.virtualAddress + info.virtualSize);
    if (found === undefined) throw new Error(`no section at ${rva.toString(16)}`);
    return rva - found.info.virtualAddress + found.info.pointerToRawData;
  };
  const text = (at: number): string => file.toString('latin1', at, file.indexOf(0, at));
  const isWide = !NtExecutable.from(file).is32bit();
  const directory = NtExecutable.from(file).newHeader.optionalHeaderDataDirectory.get(1).virtualAddress;
  const imports: Record<string, string[]> = {};
  for (let at = section(directory); file.readUInt32LE(at + 12) !== 0; at += 20) {
    const names: string[] = [];
    let thunk = section(file.readUInt32LE(at));
    for (; file.readUInt32LE(thunk) !== 0; thunk += isWide ? 8 : 4) {
      names.push(text(section(file.readUInt32LE(thunk)) + 2));
    }
    imports[text(section(file.readUInt32LE(at + 12)))] = names;
  }
  return imports;
}

describe.each(built)('%s', (architecture) => {
  const template = readFileSync(join(folder, architecture, 'variant.dll'));

  test('a DLL imports nothing but kernel32 unless it is asked to', () => {
    expect(Object.keys(importsOf(patchDll(template, plain)))).toEqual(['KERNEL32.dll']);
  });

  test('an imported DLL has its name, and the symbol that nobody has is there when it is asked for', () => {
    const one = importsOf(patchDll(template, { ...plain, imports: 'sodep.dll' }));
    const two = importsOf(patchDll(template, { ...plain, imports: 'sodep.dll', missingSymbol: true }));
    expect([one['sodep.dll'], two['sodep.dll']]).toEqual([['which'], ['which', 'which_no_variant_has']]);
    expect(Object.keys(one)).toEqual(['sodep.dll', 'KERNEL32.dll']);
  });

  test('marker, forwarder and what DllMain loads are written', () => {
    const file = patchDll(template, { ...plain, variant: 'grün', forwards: 'to.ocx', dllMain: { loads: 'ld.dll' } });
    expect(file.includes(Buffer.from('dllparity variant 1\n\0\0\0\0grün\0'))).toBe(true);
    expect(file.includes('to.ocx.which\0')).toBe(true);
    expect(patchDll(template, { ...plain, forwards: 'to.dll' }).includes('\0to.which\0')).toBe(true);
    expect(file.includes(Buffer.from('ld.dll\0', 'utf16le'))).toBe(true);
    expect(file.length).toBe(template.length);
  });

  test('what does not fit is refused, and the template stays as it is', () => {
    const before = Buffer.from(template);
    expect(() => patchDll(template, { ...plain, variant: 'x'.repeat(104) })).toThrow(/too long/);
    expect(() => patchDll(template, { ...plain, variant: 'x'.repeat(103) })).not.toThrow();
    expect(template.equals(before)).toBe(true);
  });

  test('a program imports what it is asked to', () => {
    const probe = readFileSync(join(folder, architecture, 'probe.exe'));
    const of = (imports: string | undefined, missingSymbol: boolean): Record<string, string[]> =>
      importsOf(patchProgram(probe, { imports, missingSymbol }));
    expect(Object.keys(of(undefined, false))).toEqual(['KERNEL32.dll']);
    expect(of('so.dll', true)['so.dll']).toEqual(['which', 'which_no_variant_has']);
  });

  test('a manifest is a resource, and the same content is made once', () => {
    const contents = new ContentBytes(folder, architecture);
    const own: DllContent = { ...plain, manifest: { resource: 2, manifest: { kind: 'application', dependsOn: [] } } };
    const file = contents.of(own);
    const [entry] = NtExecutableResource.from(NtExecutable.from(file)).entries;
    expect([entry?.type, entry?.id]).toEqual([24, 2]);
    const text = Buffer.from(entry?.bin ?? new ArrayBuffer(0)).toString();
    expect(text).toContain(`processorArchitecture="${architecture === 'x64' ? 'amd64' : 'x86'}"`);
    expect(contents.of({ ...own })).toBe(file);
    expect(contents.of({ ...own, variant: 'other' })).not.toBe(file);
  });
});

test.skipIf(built.length < 2)('a foreign DLL is of the other architecture, and so is its manifest', () => {
  const file = new ContentBytes(folder, 'x64').of({
    ...plain,
    architecture: 'foreign',
    manifest: { resource: 1, manifest: { kind: 'application', dependsOn: [] } },
  });
  expect(NtExecutable.from(file).is32bit()).toBe(true);
  expect(file.includes('processorArchitecture="x86"')).toBe(true);
});
