import { closeSync, fstatSync, readSync } from 'node:fs';
import { Format } from 'pe-library';
import { DllparityError } from '../../base/errors.ts';
import { fileKind } from './file-kind.ts';
import { ownArrayBuffer } from './own-array-buffer.ts';
import { openWithoutWaiting } from './regular-file.ts';

/** The processor a DLL was built for; a rare one by its number in the file, as `0x0166`. */
export type DllArchitecture = 'x64' | 'ia32' | 'arm64' | 'arm' | `0x${string}`;

/** What the header of a Windows executable says. */
export interface PeHeader {
  readonly architecture: DllArchitecture;
  /** False for an .exe. */
  readonly isDll: boolean;
  /** Holds code for .NET, all of it or (C++/CLI) some. */
  readonly isManaged: boolean;
  /**
   * The mark Wine leaves in its own DLLs: `builtin` in those that hold code, `placeholder` in those that only stand for one. Nothing
   * in a DLL of anybody else.
   */
  readonly wineMark: 'builtin' | 'placeholder' | undefined;
}

/** By the machine field of the file header (winnt.h, IMAGE_FILE_MACHINE_…). */
export const ARCHITECTURES: Readonly<Record<number, DllArchitecture>> = {
  0x8664: 'x64',
  0x14c: 'ia32',
  0xaa64: 'arm64',
  0x1c4: 'arm',
};
export const IMAGE_FILE_DLL = 0x2000;
/** Index of the data directory that .NET assemblies have (winnt.h, IMAGE_DIRECTORY_ENTRY_COM_DESCRIPTOR). */
export const COM_DESCRIPTOR_DIRECTORY = 14;
/** By the magic of the optional header: bytes from its start to the number of data directories, which follow it. */
const DIRECTORY_COUNT_AT: Readonly<Record<number, number>> = { 0x10b: 92, 0x20b: 108 };
// Longer than any header up to its optional part; only where a DOS program lies in front is a second read needed.
const HEAD_BYTES = 4096;
// Wine writes it behind the DOS header.
const MARK_OFFSET = 0x40;

/**
 * Reads the header of a DLL, 4 KiB of the file, so that the size of the DLL does not matter.
 *
 * @throws DLL_LOAD_FAILED that says what the file is instead
 */
export function readPeHeader(path: string): PeHeader {
  const fd = open(path);
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile()) throw notADll(path, stat.isDirectory() ? 'a folder' : 'not a file');
    const head = read(fd, 0);
    const kind = fileKind(head);
    if (kind !== undefined) throw notADll(path, kind);
    const start = Format.ImageDosHeader.from(ownArrayBuffer(head)).newHeaderAddress;
    const bytes = read(fd, start);
    if (bytes.subarray(0, 2).toString('latin1') === 'NE') throw notADll(path, 'a 16-bit Windows file');
    if (bytes.subarray(0, 4).toString('latin1') !== 'PE\0\0') throw notADll(path, 'a DOS program');
    if (bytes.length < 4 + Format.ImageFileHeader.size) throw notADll(path, 'a Windows file that is cut off');
    const header = Format.ImageFileHeader.from(ownArrayBuffer(bytes), 4);
    return {
      architecture: ARCHITECTURES[header.machine] ?? `0x${header.machine.toString(16).padStart(4, '0')}`,
      isDll: (header.characteristics & IMAGE_FILE_DLL) !== 0,
      isManaged: hasDirectory(bytes.subarray(4 + Format.ImageFileHeader.size), COM_DESCRIPTOR_DIRECTORY),
      wineMark: wineMark(head),
    };
  } finally {
    closeSync(fd);
  }
}

/** @param optional from the optional header on */
function hasDirectory(optional: Buffer, index: number): boolean {
  const countAt = DIRECTORY_COUNT_AT[optional.length < 2 ? 0 : optional.readUInt16LE(0)];
  const entry = (countAt ?? 0) + 4 + index * 8;
  if (countAt === undefined || optional.length < entry + 8) return false;
  return optional.readUInt32LE(countAt) > index && optional.readUInt32LE(entry) !== 0;
}

function wineMark(head: Buffer): PeHeader['wineMark'] {
  const text = head.toString('latin1', MARK_OFFSET, MARK_OFFSET + 32);
  if (text.startsWith('Wine builtin DLL')) return 'builtin';
  return text.startsWith('Wine placeholder DLL') ? 'placeholder' : undefined;
}

function open(path: string): number {
  try {
    return openWithoutWaiting(path);
  } catch (cause) {
    throw new DllparityError('DLL_LOAD_FAILED', {
      what: 'The DLL cannot be read',
      where: { file: path },
      hint: 'Check that the file exists and that you may read it.',
      cause,
    });
  }
}

function read(fd: number, position: number): Buffer {
  const bytes = Buffer.alloc(HEAD_BYTES);
  return bytes.subarray(0, readSync(fd, bytes, 0, HEAD_BYTES, position));
}

/** The error for a file that is something else than a Windows executable. */
export function notADll(path: string, kind: string): DllparityError {
  return new DllparityError('DLL_LOAD_FAILED', {
    what: `The file is not a Windows DLL: it is ${kind}`,
    where: { file: path },
    hint: 'Use the Windows build of the DLL.',
  });
}
