// What makes Windows refuse a manifest that is well-formed XML, as far as a document or a test that passes on Windows says it
// (Microsoft, "Application Manifests", "Assembly Manifests"; wine-10.0 dlls/kernel32/tests/actctx.c, test_create_wrong...). What no source
// speaks of is accepted: a program that starts is not to be called broken.

import type { XmlElement } from './xml-elements.ts';

const ASSEMBLY_SPACE = 'urn:schemas-microsoft-com:asm.v1';
/** Elements of newer systems stand in these; ClickOnce has more of them than any list names. */
const NEWER_SPACES: ReadonlySet<string> = new Set([
  'urn:schemas-microsoft-com:asm.v2',
  'urn:schemas-microsoft-com:asm.v3',
]);

/** Below `assembly` in its own name space. The last ones belong into another one; Windows since Vista takes them here too. */
const PARTS: ReadonlySet<string> = new Set(
  `noInherit noInheritable assemblyIdentity description dependency file clrClass clrSurrogate comInterfaceExternalProxyStub
  windowClass memberOf
  trustInfo application compatibility msix`
    .trim()
    .split(/\s+/),
);

const SHA1_DIGITS = 40;

export type Judgement =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly because: string }
  | { readonly kind: 'unknown'; readonly because: string };

/** Whether Windows takes this document for a manifest. */
export function judgeManifest(root: XmlElement): Judgement {
  const because = rootFault(root) ?? partFault(root) ?? doubled(root);
  if (because !== undefined) return { kind: 'refused', because };
  if (NEWER_SPACES.has(root.space)) return unknown('no page says whether a manifest may begin in that name space');
  const settings = windowsSettings(root);
  const twice = firstTwice(settings.flatMap(({ children }) => children));
  if (twice !== undefined)
    return unknown(`${twice.name} stands in two elements windowsSettings, and no page says more`);
  return { kind: 'accepted' };
}

/** Whether an element is one that manifests know by its name: in the name space of assemblies, or a newer one. */
export function isOfManifest({ space }: XmlElement): boolean {
  return space === ASSEMBLY_SPACE || NEWER_SPACES.has(space);
}

function rootFault(root: XmlElement): string | undefined {
  if (root.name !== 'assembly') return `it begins with ${root.name}, not with assembly`;
  if (!isOfManifest(root)) {
    const space = root.space === '' ? 'no name space' : `the name space ${root.space}`;
    return `assembly is in ${space}, not in ${ASSEMBLY_SPACE}`;
  }
  const version = root.attributes.get('manifestVersion');
  if (version !== '1.0') return version === undefined ? 'manifestVersion is missing' : `manifestVersion is ${version}`;
  const odd = [...root.attributes.keys()].find((name) => name !== 'manifestVersion');
  return odd === undefined || root.space !== ASSEMBLY_SPACE ? undefined : `assembly has no attribute ${odd}`;
}

function partFault({ children }: XmlElement): string | undefined {
  const own = children.filter(({ space }) => space === ASSEMBLY_SPACE);
  const odd = own.find(({ name }) => !PARTS.has(name));
  if (odd !== undefined) return `assembly has no element ${odd.name} in its own name space`;
  for (const { attributes } of own.filter(({ name }) => name === 'file')) {
    if (!attributes.has('name')) return 'an element file has no name';
    const hash = attributes.get('hash');
    const isSha1 = (attributes.get('hashalg') ?? 'SHA1').toUpperCase() === 'SHA1';
    if (hash !== undefined && isSha1 && hash.length !== SHA1_DIGITS) return 'the hash of a file has a wrong length';
  }
  return undefined;
}

/** One level of execution, and each setting once. */
function doubled(root: XmlElement): string | undefined {
  const levels = named(root, 'trustInfo')
    .flatMap((trust) => named(trust, 'security'))
    .flatMap((security) => named(security, 'requestedPrivileges'))
    .flatMap((privileges) => named(privileges, 'requestedExecutionLevel'));
  if (levels.length > 1) return 'requestedExecutionLevel stands there twice';
  for (const { children } of windowsSettings(root)) {
    const twice = firstTwice(children);
    if (twice !== undefined) return `${twice.name} stands there twice`;
  }
  return undefined;
}

function windowsSettings(root: XmlElement): XmlElement[] {
  return named(root, 'application').flatMap(({ children }) =>
    children.filter(({ name }) => name === 'windowsSettings'),
  );
}

function firstTwice(elements: readonly XmlElement[]): XmlElement | undefined {
  const seen = new Set<string>();
  return elements.find(({ space, name }) => {
    const key = `${space} ${name}`;
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  });
}

function named({ children }: XmlElement, name: string): XmlElement[] {
  return children.filter((child) => child.name === name && isOfManifest(child));
}

function unknown(because: string): Judgement {
  return { kind: 'unknown', because };
}
