import { expect, test } from 'vitest';
import { configXml, manifestXml } from '../../loader/run/manifest-xml.ts';
import type { AssemblyIdentity } from '../../loader/scenario.ts';

const assembly: AssemblyIdentity = {
  name: 'so.asm',
  version: '1.2.3.4',
  architecture: 'own',
  language: undefined,
  publicKeyToken: undefined,
};

/** Without line ends and indentation. */
function flat(text: string): string {
  return text.replaceAll(/\r\n\s*/g, '');
}

test('a manifest of an application has an identity of its own, and what it depends on', () => {
  const text = manifestXml({ kind: 'application', dependsOn: [assembly] }, 'amd64');
  expect(text).toMatch(/^<\?xml version="1.0" encoding="UTF-8" standalone="yes"\?>\r\n<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0">/); // prettier-ignore
  expect(flat(text)).toContain(
    '<dependency><dependentAssembly><assemblyIdentity type="win32" name="so.asm" version="1.2.3.4" processorArchitecture="amd64"/></dependentAssembly></dependency></assembly>',
  );
  const own = flat(manifestXml({ kind: 'application', dependsOn: [assembly], files: ['a.dll', 'b&c.dll'] }, 'x86'));
  expect(own).toMatch(/<assemblyIdentity [^>]*\/><file name="a.dll"\/><file name="b&amp;c.dll"\/><dependency>/);
  expect(flat(manifestXml({ kind: 'application', dependsOn: [] }, 'x86'))).toMatch(
    /<assembly [^>]*><assemblyIdentity [^>]*processorArchitecture="x86"\/><\/assembly>$/,
  );
});

test('a manifest of an assembly has its files, language and key; text is escaped', () => {
  const identity: AssemblyIdentity = { ...assembly, architecture: '*', language: 'en-us', publicKeyToken: '0123456789abcdef' }; // prettier-ignore
  const text = manifestXml({ kind: 'assembly', identity, files: ['a&b.dll', 'c.dll'], dependsOn: [] }, 'amd64');
  expect(flat(text)).toContain(
    '<assemblyIdentity type="win32" name="so.asm" version="1.2.3.4" processorArchitecture="*" language="en-us" publicKeyToken="0123456789abcdef"/><file name="a&amp;b.dll"/><file name="c.dll"/></assembly>',
  );
});

test('a manifest that is written out stays as it is', () => {
  expect(manifestXml({ kind: 'text', text: 'no <xml' }, 'amd64')).toBe('no <xml');
});

test('a configuration file names the folders that are probed', () => {
  expect(flat(configXml(['bin', '..\\bin2']))).toContain(
    '<assemblyBinding xmlns="urn:schemas-microsoft-com:asm.v1"><probing privatePath="bin;..\\bin2"/></assemblyBinding>',
  );
});
