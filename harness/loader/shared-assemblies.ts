import { processorName } from './manifest/processor-name.ts';
import type { PlacedFile, Scenario, SharedAssembly } from './scenario.ts';

/** In the place of the checksum that the names of folders in WinSxS end with. */
const CHECKSUM = '0123456789abcdef';

/** Name that a shared assembly has in WinSxS: processor, name, key, version, language, checksum. */
export function sharedName({ identity }: SharedAssembly, architecture: 'x64' | 'ia32'): string {
  const { name, publicKeyToken = '', version, language = 'none' } = identity;
  const processor = processorName(identity.architecture, architecture);
  return [processor, name, publicKeyToken, version, language, CHECKSUM].join('_').toLowerCase();
}

/** The files of a scenario, with those of the assemblies that are installed for it, where an installer would put them. */
export function allFiles({ files, shared = [] }: Scenario, architecture: 'x64' | 'ia32'): readonly PlacedFile[] {
  return [...files, ...shared.flatMap((assembly) => sharedFiles(assembly, architecture))];
}

function sharedFiles(assembly: SharedAssembly, architecture: 'x64' | 'ia32'): readonly PlacedFile[] {
  const { identity, files, dependsOn } = assembly;
  const name = sharedName(assembly, architecture);
  const manifest = { kind: 'assembly', identity, files: files.map((file) => file.name), dependsOn } as const;
  return [
    { folder: 'windows', path: `WinSxS\\Manifests\\${name}.manifest`, content: { kind: 'manifest', manifest } },
    ...files.map((file) => ({
      folder: 'windows' as const,
      path: `WinSxS\\${name}\\${file.name}`,
      content: file.content,
    })),
  ];
}
