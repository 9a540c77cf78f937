import { statSync } from 'node:fs';
import { DllparityError } from '../../base/errors.ts';
import { listRuntimes, readInstallation } from '../../machines/installation.ts';
import { BadImage } from '../../windows/pe/image-file.ts';
import { type PeFile, readPeFile } from '../../windows/pe/read-pe-file.ts';

/** A program that can be started under a runtime. */
export interface OpenedProgram {
  readonly file: PeFile;
  readonly architecture: 'x64' | 'ia32';
}

/**
 * Reads a program that is to be explained.
 *
 * @throws PROGRAM_UNREADABLE that says what the file is instead
 */
export function openProgram(path: string): OpenedProgram {
  const file = read(path);
  const { architecture } = file;
  if (file.isDll && !file.isManaged)
    throw refusal(
      path,
      'it is a DLL',
      'Name the program that loads it, and the DLL after it: dllparity which app.exe some.dll',
    );
  if (file.isManaged) {
    const hint =
      'Its assemblies are found by rules of .NET. A native DLL that it loads can be asked about with a native program.';
    throw refusal(path, file.isDll ? 'it is a .NET assembly' : 'it is a .NET program', hint);
  }
  if (architecture !== 'x64' && architecture !== 'ia32') {
    throw refusal(path, `it is for ${architecture}`, 'Programs for x64 and for ia32 can be examined.');
  }
  return { file, architecture };
}

function read(path: string): PeFile {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) {
    throw refusal(path, 'it does not exist', 'Correct the path; it is relative to the current folder.');
  }
  try {
    return readPeFile(path);
  } catch (error) {
    if (error instanceof BadImage)
      throw refusal(path, `it is ${error.message}`, 'Name a program for 32-bit or 64-bit Windows.');
    throw refusal(path, 'it cannot be read', 'Check that you may read it.', error);
  }
}

function refusal(file: string, why: string, hint: string, cause?: unknown): DllparityError {
  return new DllparityError('PROGRAM_UNREADABLE', {
    what: `This is no program that can be explained: ${why}`,
    where: { file },
    hint,
    ...(cause === undefined ? {} : { cause }),
  });
}

/**
 * The runtime to try a program in: the one asked for, or the first that is installed for its architecture.
 *
 * @throws DLL_WRONG_ARCHITECTURE when it is for another; RUNTIME_NOT_INSTALLED when there is none
 */
export function runtimeFor(path: string, architecture: 'x64' | 'ia32', asked: string | undefined): string {
  if (asked !== undefined) {
    const installation = readInstallation(asked);
    if (installation.architecture === architecture) return installation.id;
    throw new DllparityError('DLL_WRONG_ARCHITECTURE', {
      what: `The program is for ${architecture}, and ${asked} for ${installation.architecture}`,
      where: { file: path },
      hint: `Leave --runtime out: the first runtime for ${architecture} is taken then.`,
    });
  }
  const { installed, notInstalled, cannotRun } = listRuntimes();
  const fitting = installed.find((id) => readInstallation(id).architecture === architecture);
  if (fitting !== undefined) return fitting;
  const addable = notInstalled.find(({ id }) => id.endsWith(`-${architecture}`));
  throw new DllparityError('RUNTIME_NOT_INSTALLED', {
    what: `No runtime for ${architecture} programs is installed`,
    details: [
      ...installed.map((id) => `installed: ${id}`),
      ...cannotRun.map(({ id, why }) => `cannot run here: ${id}: ${why}`),
    ],
    hint: addable === undefined ? 'Install one.' : `Run \`${addable.command}\`.`,
  });
}
