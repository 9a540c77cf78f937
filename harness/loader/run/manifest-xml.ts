import type { AssemblyIdentity, Manifest } from '../scenario.ts';

const NAMESPACE = 'urn:schemas-microsoft-com:asm.v1';

/** Name of a processor in manifests. */
export type ManifestArchitecture = 'amd64' | 'x86';

/**
 * The text of a manifest.
 *
 * @param own what stands for the architecture of the runtime
 */
export function manifestXml(manifest: Manifest, own: ManifestArchitecture): string {
  switch (manifest.kind) {
    case 'text':
      return manifest.text;
    case 'application':
      return document([
        // Windows refuses a manifest of an application without one.
        identity({ ...NOBODY, architecture: 'own' }, own),
        ...(manifest.files ?? []).map(fileElement),
        ...manifest.dependsOn.map((each) => dependency(each, own)),
      ]);
    case 'assembly':
      return document([
        identity(manifest.identity, own),
        ...manifest.files.map(fileElement),
        ...manifest.dependsOn.map((each) => dependency(each, own)),
      ]);
  }
}

/** The text of a configuration file with folders that are probed for private assemblies. */
export function configXml(privatePath: readonly string[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    '<configuration>',
    '  <windows>',
    `    <assemblyBinding xmlns="${NAMESPACE}">`,
    `      <probing privatePath="${escape(privatePath.join(';'))}"/>`,
    '    </assemblyBinding>',
    '  </windows>',
    '</configuration>',
    '',
  ].join('\r\n');
}

const NOBODY = {
  name: 'Dllparity.Scenario.Program',
  version: '1.0.0.0',
  language: undefined,
  publicKeyToken: undefined,
} as const;

function document(parts: readonly string[]): string {
  const head = [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    `<assembly xmlns="${NAMESPACE}" manifestVersion="1.0">`,
  ];
  return [...head, ...parts, '</assembly>', ''].join('\r\n');
}

function named(architecture: AssemblyIdentity['architecture'], own: ManifestArchitecture): string {
  if (architecture === 'foreign') return own === 'amd64' ? 'x86' : 'amd64';
  return architecture === 'own' ? own : architecture;
}

function fileElement(name: string): string {
  return `  <file name="${escape(name)}"/>`;
}

function dependency(assembly: AssemblyIdentity, own: ManifestArchitecture): string {
  return ['  <dependency>', '    <dependentAssembly>', `    ${identity(assembly, own)}`, '    </dependentAssembly>', '  </dependency>'].join('\r\n'); // prettier-ignore
}

function identity(assembly: AssemblyIdentity, own: ManifestArchitecture): string {
  const attributes = {
    type: 'win32',
    name: assembly.name,
    version: assembly.version,
    processorArchitecture: named(assembly.architecture, own),
    language: assembly.language,
    publicKeyToken: assembly.publicKeyToken,
  };
  const written = Object.entries(attributes).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}="${escape(value)}"`],
  );
  return `  <assemblyIdentity ${written.join(' ')}/>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
