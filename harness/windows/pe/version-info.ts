import { BadImage } from './image-file.ts';
import { inspectDll } from './pe-header.ts';
import { readResources } from './resources.ts';
import { type VersionBlock, readVersionBlock } from './version-block.ts';

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

const RT_VERSION = 16;
const ENGLISH = 0x409;
const MAX_VERSION_BYTES = 1 << 16; // The length in its head has 16 bits.
const SIGNATURE = 0xfeef_04bd;
// VS_FIXEDFILEINFO of verrsrc.h: dwSignature, dwStrucVersion, dwFileVersionMS, dwFileVersionLS.
const FIXED_BYTES = 16;

/**
 * Reads the version resource of a DLL; nothing when it has none.
 *
 * @throws DLL_LOAD_FAILED when the file is not a Windows executable, or its version resource is damaged
 */
export function readVersionInfo(path: string): VersionInfo | undefined {
  return inspectDll(path, (image) => {
    const resources = readResources(image, RT_VERSION, { maxBytes: MAX_VERSION_BYTES, languages: 'all' });
    // Wine's have dozens, Arabic first: whose a DLL is, is said in Latin letters here.
    const resource = resources.find(({ language }) => language === ENGLISH) ?? resources[0];
    return resource === undefined ? undefined : versionInfoOf(readVersionBlock(resource.bytes));
  });
}

function versionInfoOf({ key, value, children }: VersionBlock): VersionInfo {
  if (key !== 'VS_VERSION_INFO' || value.length < FIXED_BYTES || value.readUInt32LE(0) !== SIGNATURE) {
    throw new BadImage('damaged: its version resource holds no version');
  }
  const [high, low] = [value.readUInt32LE(8), value.readUInt32LE(12)];
  // Tools that translate a DLL add languages behind the original one.
  const language = children.find((child) => child.key === 'StringFileInfo')?.children[0];
  const text = (name: string): string => language?.children.find((child) => child.key === name)?.text ?? '';
  return {
    companyName: text('CompanyName'),
    productName: text('ProductName'),
    originalFilename: text('OriginalFilename'),
    fileVersion: text('FileVersion'),
    fixedFileVersion: [high >>> 16, high & 0xffff, low >>> 16, low & 0xffff].join('.'),
  };
}
