import type { ManifestFacts } from '../model/world.ts';
import type { AssemblyIdentity } from '../scenario.ts';
import { isOfManifest, judgeManifest } from './manifest-grammar.ts';
import { readXml, type XmlElement } from './xml-elements.ts';

const ARCHITECTURES: Readonly<Record<string, AssemblyIdentity['architecture']>> = {
  x86: 'x86',
  amd64: 'amd64',
  '*': '*',
};

/** What a manifest says, as far as it decides which DLL is loaded (Microsoft, "Application manifests", "Assembly manifests"). */
export function manifestFacts(text: string): ManifestFacts {
  const document = readXml(text);
  if (document.kind === 'not well-formed') return { kind: 'broken', because: `it is no XML, ${document.because}` };
  if (document.kind === 'not read') return { kind: 'unread', because: document.because };
  const { root } = document;
  const judged = judgeManifest(root);
  if (judged.kind === 'refused') return { kind: 'broken', because: judged.because };
  if (judged.kind === 'unknown') return { kind: 'unread', because: judged.because };
  const [own] = below(root, 'assemblyIdentity');
  return {
    kind: 'manifest',
    identity: own && identityOf(own),
    files: below(root, 'file').flatMap((file) => file.attributes.get('name') ?? []),
    dependsOn: below(root, 'dependency')
      .flatMap((dependency) => below(dependency, 'dependentAssembly'))
      .flatMap((dependent) => below(dependent, 'assemblyIdentity'))
      .flatMap((identity) => identityOf(identity) ?? []),
  };
}

/** Folders that a configuration file has private assemblies looked for in; undefined where it is no configuration file. */
export function privatePathOf(text: string): string[] | undefined {
  const document = readXml(text);
  if (document.kind !== 'read' || document.root.name !== 'configuration') return undefined;
  return document.root.children
    .filter(({ name }) => name === 'windows')
    .flatMap((windows) => below(windows, 'assemblyBinding'))
    .flatMap((binding) => below(binding, 'probing'))
    .flatMap((probing) => (probing.attributes.get('privatePath') ?? '').split(';'))
    .filter((folder) => folder !== '');
}

function below(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name && isOfManifest(child));
}

function identityOf({ attributes }: XmlElement): AssemblyIdentity | undefined {
  const name = attributes.get('name');
  if (name === undefined) return undefined;
  const language = attributes.get('language')?.toLowerCase();
  return {
    name,
    version: attributes.get('version') ?? '0.0.0.0',
    architecture: ARCHITECTURES[attributes.get('processorArchitecture')?.toLowerCase() ?? '*'] ?? '*',
    language: language === undefined || language === 'neutral' ? undefined : language,
    publicKeyToken: attributes.get('publicKeyToken')?.toLowerCase(),
  };
}
