import type { ImageFile } from './image-file.ts';
import { readResources } from './resources.ts';

/** A manifest inside of a file. */
export interface EmbeddedManifestText {
  /** 1 in programs, 2 in DLLs that have assemblies of their own (winuser.h, CREATEPROCESS_MANIFEST_RESOURCE_ID, ...). */
  readonly resource: number;
  readonly text: string;
}

const RT_MANIFEST = 24;
const MAX_MANIFEST_BYTES = 1 << 20;

/** The manifests among the resources, in the order of their numbers; of each the first language. */
export function readManifests(image: ImageFile): EmbeddedManifestText[] {
  return readResources(image, RT_MANIFEST, { maxBytes: MAX_MANIFEST_BYTES, languages: 'first' }).map(
    ({ id, bytes }) => ({
      resource: id,
      text: manifestText(bytes),
    }),
  );
}

/** The text of a manifest, from UTF-8 or UTF-16. Zeros at its end, with which some tools fill a resource, are no part of it. */
export function manifestText(bytes: Buffer): string {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  const text = bytes.toString(isWide ? 'utf16le' : 'utf8');
  return text.replace(/^\uFEFF/, '').replace(/\0+$/, '');
}
