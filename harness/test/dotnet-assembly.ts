import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { referenceDll } from './reference-dlls.ts';

const IMAGE_DIRECTORY_ENTRY_COM_DESCRIPTOR = 14;

/** Writes a DLL that says of itself that it is a .NET assembly, and returns its path. No code of .NET is in it. */
export function makeAssembly(folder: string): string {
  const bytes = readFileSync(referenceDll('basics.dll'));
  const optional = bytes.readUInt32LE(0x3c) + 24;
  const directories = optional + (bytes.readUInt16LE(optional) === 0x20b ? 112 : 96);
  const entry = directories + IMAGE_DIRECTORY_ENTRY_COM_DESCRIPTOR * 8;
  bytes.writeUInt32LE(bytes.readUInt32LE(optional + 20), entry); // an address inside of it: that of its code
  bytes.writeUInt32LE(72, entry + 4);
  const file = join(folder, 'basics-net.dll');
  writeFileSync(file, bytes);
  return file;
}
