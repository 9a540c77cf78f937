const MAGIC: readonly (readonly [bytes: string, kind: string])[] = [
  ['\x7fELF', 'an ELF file, as Linux uses'],
  ['\xcf\xfa\xed\xfe', 'a Mach-O file, as macOS uses'],
  ['\xce\xfa\xed\xfe', 'a Mach-O file, as macOS uses'],
  ['\xca\xfe\xba\xbe', 'a Mach-O file, as macOS uses, or a Java class'],
  ['PK\x03\x04', 'a ZIP archive'],
  ['MSCF', 'a cabinet archive; unpack it with cabextract'],
  ['SZDD', 'a file compressed for set-up floppies; unpack it with msexpand'],
  ['!<arch>\n', 'an import library, which only a linker can use'],
  ['\x1f\x8b', 'a gzip archive'],
  ['#!', 'a script'],
  ['version https://git-lfs', 'a Git LFS pointer; run `git lfs pull`'],
];
// The DOS header, whose last field says where the Windows header is.
const DOS_HEADER_BYTES = 64;

/** What a file is, by its first bytes; nothing when it begins as a Windows executable does. */
export function fileKind(head: Buffer): string | undefined {
  if (head.length === 0) return 'empty';
  const text = head.toString('latin1');
  if (text.startsWith('MZ')) return head.length < DOS_HEADER_BYTES ? 'a Windows file that is cut off' : undefined;
  const known = MAGIC.find(([bytes]) => text.startsWith(bytes));
  if (known !== undefined) return known[1];
  return /^[\t\n\r\x20-\x7e]+$/.test(text.slice(0, 512)) ? 'a text file' : 'of a kind that is not known';
}
