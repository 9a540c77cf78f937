import { NtExecutable, NtExecutableResource } from 'pe-library';

const RT_MANIFEST = 24;
const ENGLISH = 1033;

/** Puts a manifest into a DLL or program, as the resource with this id. */
export function embedManifest(file: Buffer, id: number, text: string): Buffer {
  const executable = NtExecutable.from(file);
  const resources = NtExecutableResource.from(executable);
  const bin = new Uint8Array(Buffer.from(text, 'utf8')).buffer;
  resources.entries.push({ type: RT_MANIFEST, id, lang: ENGLISH, codepage: 65001, bin });
  resources.outputResource(executable);
  return Buffer.from(executable.generate());
}
