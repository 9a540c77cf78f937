import { Format, NtExecutable, NtExecutableResource } from 'pe-library';
import { Resource } from 'resedit';
import { ownArrayBuffer } from './own-array-buffer.ts';
import { MAX_IMAGE_BYTES, readRegularFile } from './regular-file.ts';
import { notADll, readPeHeader } from './pe-header.ts';

/** What the version resource of a DLL says. An empty text means that the resource does not say it. */
export interface VersionInfo {
  readonly companyName: string;
  readonly productName: string;
  readonly originalFilename: string;
  /** The text, which may hold more than the number: `12.00.21005.1 built by: REL`. */
  readonly fileVersion: string;
  /** The four numbers of the fixed part, with dots: `12.0.21005.1`. This is the version to compare with. */
  readonly fixedFileVersion: string;
}

/**
 * Reads the version resource of a DLL; nothing when it has none. Reads the whole file, some 1 ms a MB: for the check of an oracle, not
 * for every load.
 *
 * @throws DLL_LOAD_FAILED when the file is not a Windows executable
 */
export function readVersionInfo(path: string): VersionInfo | undefined {
  readPeHeader(path);
  const [version] = versionsOf(path);
  if (version === undefined) return undefined;
  const { fileVersionMS: high, fileVersionLS: low } = version.fixedInfo;
  // Tools that translate a DLL add languages behind the original one.
  const [language] = version.getAllLanguagesForStringValues();
  const texts = language === undefined ? {} : version.getStringValues(language);
  return {
    companyName: texts['CompanyName'] ?? '',
    productName: texts['ProductName'] ?? '',
    originalFilename: texts['OriginalFilename'] ?? '',
    fileVersion: texts['FileVersion'] ?? '',
    fixedFileVersion: [high >>> 16, high & 0xffff, low >>> 16, low & 0xffff].join('.'),
  };
}

function versionsOf(path: string): Resource.VersionInfo[] {
  try {
    const image = ownArrayBuffer(readRegularFile(path, MAX_IMAGE_BYTES, true));
    hideSymbols(image);
    // Microsoft's DLLs are signed; only writing one back would break the signature.
    const executable = NtExecutable.from(image, { ignoreCert: true });
    keepResources(executable, image.byteLength);
    return Resource.VersionInfo.fromEntries(NtExecutableResource.from(executable, true).entries);
  } catch (cause) {
    throw notADll(path, `damaged (${cause instanceof Error ? cause.message : String(cause)})`);
  }
}

// The library refuses what it could not write back: files with debug symbols, and files with a section behind the resources. Those of
// mingw, and Wine's own, have both. We only read, so the symbols are hidden and the other sections left out.
function hideSymbols(image: ArrayBuffer): void {
  const start = Format.ImageDosHeader.from(image).newHeaderAddress;
  Format.ImageNtHeaders.from(image, start).fileHeader.numberOfSymbols = 0;
}

function keepResources(executable: NtExecutable, fileBytes: number): void {
  const resources = executable.getSectionByEntry(Format.ImageDirectoryEntry.Resource);
  // A slice beyond the end of a buffer is short without a word, and the DLL would seem to have no version.
  if (resources !== null && resources.info.pointerToRawData + resources.info.sizeOfRawData > fileBytes) {
    throw new Error('its resources are cut off');
  }
  executable.getAllSections = () => (resources === null ? [] : [resources]);
}
