import { closeSync, fstatSync, readSync } from 'node:fs';
import { Format } from 'pe-library';
import { fileKind } from './file-kind.ts';
import { ownArrayBuffer } from './own-array-buffer.ts';
import { openWithoutWaiting } from './regular-file.ts';

/** Why a file cannot be examined, as the end of the sentence "it is ...". */
export class BadImage extends Error {
  override readonly name = 'BadImage';
}

/** A part of a file that the loader maps. */
interface Section {
  readonly name: string;
  readonly address: number;
  readonly virtualBytes: number;
  readonly offset: number;
  readonly rawBytes: number;
}

export interface Directory {
  readonly address: number;
  readonly bytes: number;
}

const PAGE_BYTES = 1 << 16;
const DOS_BYTES = 4096;
// Signature, file header, the largest optional header and 96 sections, which is the most that Windows takes.
const HEADER_BYTES = 16_384;
const MAX_SECTIONS = 96;
const MAX_SEARCHED_BYTES = 64 * 2 ** 20;
const OPTIONAL_MAGIC: Readonly<Record<number, 4 | 8>> = { 0x10b: 4, 0x20b: 8 };

/**
 * A Windows executable on the disk, read where the loader would have mapped it: by relative virtual addresses. Only the pages that
 * are asked for are read, so that a program of 100 MB costs no more than its tables.
 */
export class ImageFile implements Disposable {
  readonly machine: number;
  readonly characteristics: number;
  readonly subsystem: number;
  readonly imageBase: bigint;
  /** Bytes of a pointer: of an image for 32 or for 64 bits. */
  readonly pointerBytes: 4 | 8;
  /** The first 64 bytes behind the DOS header, where Wine leaves its mark. */
  readonly mark: string;
  /** An open file, or all the bytes of one. */
  private readonly source: number | Buffer;
  private readonly fileBytes: number;
  private readonly headerBytes: number;
  private readonly sections: readonly Section[];
  private readonly directories: readonly Directory[];
  private readonly pages = new Map<number, Buffer>();

  /**
   * @param file a path, or all the bytes of a file
   * @throws BadImage that says what the file is instead; what the system says when the file cannot be read
   */
  constructor(file: string | Buffer) {
    this.source = typeof file === 'string' ? openWithoutWaiting(file) : file;
    try {
      this.fileBytes = bytesOf(this.source);
      const head = this.bytesAt(0, DOS_BYTES);
      const kind = fileKind(head);
      if (kind !== undefined) throw new BadImage(kind);
      this.mark = head.toString('latin1', 0x40, 0x80);
      const bytes = this.bytesAt(Format.ImageDosHeader.from(ownArrayBuffer(head)).newHeaderAddress, HEADER_BYTES);
      checkSignature(bytes);
      const optional = OPTIONAL_MAGIC[bytes.readUInt16LE(24)];
      if (optional === undefined) throw new BadImage('a Windows file with an optional header of an unknown kind');
      this.pointerBytes = optional;
      this.imageBase = optional === 8 ? bytes.readBigUInt64LE(24 + 24) : BigInt(bytes.readUInt32LE(24 + 28));
      const headers = Format.ImageNtHeaders.from(ownArrayBuffer(bytes));
      this.machine = headers.fileHeader.machine;
      this.characteristics = headers.fileHeader.characteristics;
      this.subsystem = headers.optionalHeader.subsystem;
      this.headerBytes = headers.optionalHeader.sizeOfHeaders;
      this.directories = readDirectories(bytes, optional);
      this.sections = readSections(bytes, headers.fileHeader.numberOfSections);
    } catch (error) {
      this[Symbol.dispose]();
      // A read beyond the end of a header that is cut off.
      throw error instanceof RangeError ? new BadImage('a Windows file that is cut off') : error;
    }
  }

  [Symbol.dispose](): void {
    if (typeof this.source === 'number') closeSync(this.source);
  }

  /** One of the data directories (winnt.h, IMAGE_DIRECTORY_ENTRY_...); undefined where the file has none. */
  directory(index: number): Directory | undefined {
    const directory = this.directories[index];
    return directory === undefined || directory.address === 0 ? undefined : directory;
  }

  /** Where a section of this name lies; undefined where there is none. */
  section(name: string): Directory | undefined {
    const found = this.sections.find((each) => each.name === name);
    return found && { address: found.address, bytes: found.virtualBytes };
  }

  /** Where in the file the byte at an address stands. @throws BadImage where none does */
  fileOffset(address: number): number {
    const section = this.sections.find((each) => address >= each.address && address - each.address < each.rawBytes);
    if (section === undefined) throw outside(address);
    return section.offset + address - section.address;
  }

  /** @throws BadImage where the file holds nothing at this address */
  read(address: number, bytes: number): Buffer {
    // What lies in memory only is made of zeros, as much as the file says: no table consists of them.
    if (bytes > this.fileBytes + PAGE_BYTES) throw new BadImage('damaged: a table in it is larger than the file');
    const found = this.upTo(address, bytes);
    if (found.length < bytes) throw outside(address);
    return found;
  }

  u32(address: number): number {
    return this.read(address, 4).readUInt32LE(0);
  }

  u16(address: number): number {
    return this.read(address, 2).readUInt16LE(0);
  }

  /** A text that ends with a zero. @throws BadImage where none does within `most` bytes */
  text(address: number, most: number): string {
    // Nearly all names are short.
    for (let bytes = 64; ; bytes *= 8) {
      const found = this.upTo(address, Math.min(bytes, most));
      const end = found.indexOf(0);
      if (end >= 0) return found.toString('latin1', 0, end);
      if (found.length < bytes) throw new BadImage('damaged: a name in it has no end');
    }
  }

  /**
   * The file from its beginning, at most 64 MiB of it, in parts that are good until the next is asked for.
   * @param overlap bytes with which a part repeats the end of the one before
   */
  *parts(bytes: number, overlap: number): Generator<Buffer> {
    const end = Math.min(this.fileBytes, MAX_SEARCHED_BYTES);
    if (typeof this.source !== 'number') {
      yield Buffer.from(this.source.subarray(0, end));
      return;
    }
    const part = Buffer.alloc(bytes);
    for (let at = 0; at < end; at += bytes - overlap) yield part.subarray(0, readSync(this.source, part, 0, bytes, at));
  }

  /** Fewer bytes where the section ends. */
  private upTo(address: number, bytes: number): Buffer {
    if (address < 0) throw outside(address);
    if (address < this.headerBytes) return this.wholeBytesAt(address, Math.min(bytes, this.headerBytes - address));
    const section = this.sections.find(
      (each) => address >= each.address && address - each.address < Math.max(each.virtualBytes, each.rawBytes),
    );
    if (section === undefined) throw outside(address);
    const inside = address - section.address;
    const wanted = Math.min(bytes, Math.max(section.virtualBytes, section.rawBytes) - inside);
    // What lies in memory only is zero.
    const raw = Math.max(0, Math.min(wanted, section.rawBytes - inside));
    const part = raw === 0 ? Buffer.alloc(0) : this.wholeBytesAt(section.offset + inside, raw);
    return raw === wanted ? part : Buffer.concat([part, Buffer.alloc(wanted - raw)]);
  }

  private wholeBytesAt(offset: number, bytes: number): Buffer {
    const found = this.bytesAt(offset, bytes);
    if (found.length < bytes) throw new BadImage('a Windows file that is cut off');
    return found;
  }

  /** Fewer bytes at the end of the file. */
  private bytesAt(offset: number, bytes: number): Buffer {
    if (typeof this.source !== 'number') return this.source.subarray(offset, offset + bytes);
    const parts: Buffer[] = [];
    for (let at = offset; at < Math.min(offset + bytes, this.fileBytes);) {
      const page = this.page(this.source, Math.floor(at / PAGE_BYTES));
      const start = at % PAGE_BYTES;
      const part = page.subarray(start, start + Math.min(offset + bytes - at, PAGE_BYTES - start));
      if (part.length === 0) break;
      parts.push(part);
      at += part.length;
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
  }

  private page(file: number, index: number): Buffer {
    let page = this.pages.get(index);
    if (page === undefined) {
      const bytes = Buffer.alloc(PAGE_BYTES);
      page = bytes.subarray(0, readSync(file, bytes, 0, PAGE_BYTES, index * PAGE_BYTES));
      this.pages.set(index, page);
    }
    return page;
  }
}

function bytesOf(source: number | Buffer): number {
  if (typeof source !== 'number') return source.length;
  const stat = fstatSync(source);
  if (!stat.isFile()) throw new BadImage(stat.isDirectory() ? 'a folder' : 'not a file');
  return stat.size;
}

function outside(address: number): BadImage {
  return new BadImage(
    `damaged: a table in it points outside of it (${address < 0 ? 'before its beginning' : `0x${address.toString(16)}`})`,
  );
}

function checkSignature(bytes: Buffer): void {
  const signature = bytes.toString('latin1', 0, 2);
  if (signature === 'NE') throw new BadImage('a 16-bit Windows program, which 64-bit Windows cannot run');
  if (signature === 'LE' || signature === 'LX') throw new BadImage('a driver of Windows 95, or an OS/2 program');
  if (bytes.toString('latin1', 0, 4) !== 'PE\0\0') throw new BadImage('a DOS program');
}

function readDirectories(bytes: Buffer, pointerBytes: 4 | 8): Directory[] {
  const countAt = 24 + (pointerBytes === 8 ? 108 : 92);
  const count = Math.min(16, bytes.readUInt32LE(countAt));
  return Array.from({ length: count }, (_, index) => ({
    address: bytes.readUInt32LE(countAt + 4 + index * 8),
    bytes: bytes.readUInt32LE(countAt + 8 + index * 8),
  }));
}

function readSections(bytes: Buffer, count: number): Section[] {
  if (count > MAX_SECTIONS) throw new BadImage('damaged: it says that it has more sections than Windows takes');
  const start = 24 + bytes.readUInt16LE(20);
  const array = Format.ImageSectionHeaderArray.from(
    ownArrayBuffer(bytes.subarray(start, start + count * 40)),
    count,
    0,
  );
  return Array.from({ length: count }, (_, index) => {
    const header = array.get(index);
    const name = bytes.toString('latin1', start + index * 40, start + index * 40 + 8);
    return {
      name: name.replace(/\0.*$/, ''),
      address: header.virtualAddress,
      virtualBytes: header.virtualSize,
      offset: header.pointerToRawData,
      rawBytes: header.sizeOfRawData,
    };
  });
}
