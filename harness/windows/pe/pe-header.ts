import { DllparityError } from '../../base/errors.ts';
import { BadImage, ImageFile } from './image-file.ts';

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
const ARCHITECTURES: Readonly<Record<number, DllArchitecture>> = {
  0x8664: 'x64',
  0x14c: 'ia32',
  0xaa64: 'arm64',
  0x1c4: 'arm',
};
const IMAGE_FILE_DLL = 0x2000;
/** Index of the data directory that .NET assemblies have (winnt.h, IMAGE_DIRECTORY_ENTRY_COM_DESCRIPTOR). */
const COM_DESCRIPTOR_DIRECTORY = 14;
/**
 * Reads the header of a DLL, so that the size of the DLL does not matter.
 *
 * @throws DLL_LOAD_FAILED that says what the file is instead
 */
export function readPeHeader(path: string): PeHeader {
  return inspectDll(path, headerOf);
}

/** What the header of an open image says. */
export function headerOf(image: ImageFile): PeHeader {
  return {
    architecture: ARCHITECTURES[image.machine] ?? `0x${image.machine.toString(16).padStart(4, '0')}`,
    isDll: (image.characteristics & IMAGE_FILE_DLL) !== 0,
    isManaged: image.directory(COM_DESCRIPTOR_DIRECTORY) !== undefined,
    wineMark: wineMark(image.mark),
  };
}

/**
 * Looks into a DLL.
 *
 * @throws DLL_LOAD_FAILED that says what the file is instead, or what in it is damaged
 */
export function inspectDll<T>(path: string, look: (image: ImageFile) => T): T {
  let image: ImageFile;
  try {
    image = new ImageFile(path);
  } catch (cause) {
    if (cause instanceof BadImage) throw notADll(path, cause.message);
    throw new DllparityError('DLL_LOAD_FAILED', {
      what: 'The DLL cannot be read',
      where: { file: path },
      hint: 'Check that the file exists and that you may read it.',
      cause,
    });
  }
  try {
    return look(image);
  } catch (error) {
    throw error instanceof BadImage ? notADll(path, error.message) : error;
  } finally {
    image[Symbol.dispose]();
  }
}

function wineMark(text: string): PeHeader['wineMark'] {
  if (text.startsWith('Wine builtin DLL')) return 'builtin';
  return text.startsWith('Wine placeholder DLL') ? 'placeholder' : undefined;
}

/** The error for a file that is something else than a Windows executable. */
export function notADll(path: string, kind: string): DllparityError {
  return new DllparityError('DLL_LOAD_FAILED', {
    what: `The file is not a Windows DLL: it is ${kind}`,
    where: { file: path },
    hint: 'Use the Windows build of the DLL.',
  });
}
