import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { WhichProblem } from '../../../protocol/records/which-record.ts';
import { BadImage } from '../../windows/pe/image-file.ts';
import { readPeFile } from '../../windows/pe/read-pe-file.ts';
import type { Graph } from './graph.ts';

const RULES_OF_DOTNET = 'what it needs of .NET is found by rules of .NET, and is not shown';

/** Code for .NET that a native program brings: the assembly that it was made to start, and DLLs that hold such code. */
export function managedCode({ modules }: Graph, program: string): WhichProblem[] {
  const base = { kind: 'unknown', severity: 'warning', advice: null, override: null } as const;
  const assembly = startedAssembly(program);
  const started: WhichProblem[] =
    assembly === undefined
      ? []
      : [
          {
            ...base,
            text: `${basename(program)} is a .NET program: it starts ${assembly}; ${RULES_OF_DOTNET}.`,
            modules: [0],
          },
        ];
  const mixed = modules.filter(({ id, file }) => id !== 0 && file?.isManaged === true);
  return [
    ...started,
    ...mixed.map(({ id, name }) => ({
      ...base,
      text: `${name} holds code for .NET: ${RULES_OF_DOTNET}.`,
      modules: [id],
    })),
  ];
}

/** `app.exe` with `app.dll` and `app.runtimeconfig.json` beside it, as the SDK of .NET builds programs: the exe is only a host. */
function startedAssembly(program: string): string | undefined {
  const stem = program.replace(/\.exe$/i, '');
  if (statSync(`${stem}.runtimeconfig.json`, { throwIfNoEntry: false }) === undefined) return undefined;
  try {
    return readPeFile(`${stem}.dll`).isManaged ? basename(`${stem}.dll`) : undefined;
  } catch (error) {
    if (error instanceof BadImage || (error as NodeJS.ErrnoException).code !== undefined) return undefined;
    throw error;
  }
}
