import { describe, expect, it } from 'vitest';
import { manifestFacts, privatePathOf } from '../../loader/manifest/manifest-facts.ts';

const SPACE = 'urn:schemas-microsoft-com:asm.v1';
const IDENTITY = '<assemblyIdentity type="win32" name="a" version="1.0.0.0"/>';

function assembly(inner: string, attributes = `xmlns="${SPACE}" manifestVersion="1.0"`): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<assembly ${attributes}>${inner}</assembly>`;
}

function trust(...levels: string[]): string {
  return `<trustInfo xmlns="urn:schemas-microsoft-com:asm.v3"><security><requestedPrivileges>${levels.join('')}</requestedPrivileges></security></trustInfo>`;
}

function settings(...inner: string[]): string {
  return `<application xmlns="urn:schemas-microsoft-com:asm.v3">${inner.map((each) => `<windowsSettings>${each}</windowsSettings>`).join('')}</application>`;
}

const AWARE = '<dpiAware xmlns="http://schemas.microsoft.com/SMI/2005/WindowsSettings">true</dpiAware>';
const AWARENESS = '<dpiAwareness xmlns="http://schemas.microsoft.com/SMI/2016/WindowsSettings">system</dpiAwareness>';

describe('a manifest', () => {
  it('says its identity, files and dependencies, whatever the prefix of its name space', () => {
    const text = `<asm:assembly xmlns:asm="${SPACE}" manifestVersion="1.0"><!-- <file name="no"/> --><asm:assemblyIdentity name='a&amp;b' version="1.2.3.4" language="EN-us"/><asm:file name="x.dll"/><file xmlns="elsewhere" name="no"/></asm:assembly>`;
    expect(manifestFacts(text)).toEqual({
      kind: 'manifest',
      identity: { name: 'a&b', version: '1.2.3.4', architecture: '*', language: 'en-us', publicKeyToken: undefined },
      files: ['x.dll'],
      dependsOn: [],
    });
  });

  it.each([
    ['without an identity', ''],
    ['with what each program asks for', `${IDENTITY}${trust('<requestedExecutionLevel level="asInvoker"/>')}`],
    ['with different settings', settings(AWARE + AWARENESS)],
    ['with foreign elements', `${IDENTITY}<AwareVersion xmlns="urn:somebody">1</AwareVersion>`],
    ['with elements of ClickOnce', `${IDENTITY}<entryPoint xmlns="urn:schemas-microsoft-com:asm.v2"/>`],
    ['with a hint for editors', IDENTITY, `xmlns="${SPACE}" manifestVersion="1.0" xmlns:x="urn:x" x:hint="1"`],
  ])('is one %s', (_, inner, attributes?: string) => {
    expect(manifestFacts(assembly(inner, attributes)).kind).toBe('manifest');
  });

  it.each([
    ['', 'must contain a root element'],
    ['text', 'no XML, 1:'],
    ['<assembly>', 'unclosed tag: assembly'],
    ['<assembly></other>', 'unexpected close tag'],
    ['<a/><b/>', 'no XML'],
    [`${assembly(IDENTITY)}<test/>`, 'no XML'],
    ['<assembly a="1" a="2"/>', 'duplicate attribute: a'],
    ['<assembly <b/></assembly>', 'no XML'],
    [` ${assembly(IDENTITY)}`, 'no XML'],
    ['<other/>', 'it begins with other'],
    ['<assembly manifestVersion="1.0"/>', 'in no name space'],
    [assembly(IDENTITY, 'xmlns="urn:schemas-microsoft-com:asm.v5" manifestVersion="1.0"'), 'asm.v5, not in'],
    [assembly(IDENTITY, `xmlns="${SPACE}"`), 'manifestVersion is missing'],
    [assembly(IDENTITY, `xmlns="${SPACE}" manifestVersion="2.0"`), 'manifestVersion is 2.0'],
    [assembly(IDENTITY, `xmlns="${SPACE}" manifestVersion="1.0" test="test"`), 'no attribute test'],
    [assembly(`${IDENTITY}<AwareVersion>1</AwareVersion>`), 'no element AwareVersion in its own name space'],
    [assembly(`${IDENTITY}<file></file>`), 'file has no name'],
    [assembly(`${IDENTITY}<file name="x.dll" hash="63c9" hashalg="SHA1"/>`), 'wrong length'],
    [assembly(trust('<requestedExecutionLevel level="asInvoker"/>', '<requestedExecutionLevel uiAccess="true"/>')), 'twice'], // prettier-ignore
    [assembly(trust('<requestedExecutionLevel/>') + trust('<requestedExecutionLevel/>')), 'twice'],
    [assembly(settings(AWARE + AWARENESS + AWARE)), 'dpiAware stands there twice'],
  ])('is broken (%#): %s', (text, because) => {
    expect(manifestFacts(text)).toEqual({ kind: 'broken', because: expect.stringContaining(because) as string });
  });

  it.each([
    [`<!DOCTYPE assembly>${assembly(IDENTITY).split('\r\n')[1] ?? ''}`, 'document type'],
    [assembly(settings(AWARE, AWARE)), 'two elements windowsSettings'],
    [assembly(IDENTITY, 'xmlns="urn:schemas-microsoft-com:asm.v3" manifestVersion="1.0"'), 'begin in that name space'],
    [`${'<a>'.repeat(70)}${'</a>'.repeat(70)}`, 'nested too deep'],
  ])('is not judged where no source says (%#): %s', (text, because) => {
    expect(manifestFacts(text)).toEqual({ kind: 'unread', because: expect.stringContaining(because) as string });
  });

  it('is no configuration file, which names folders', () => {
    const probing =
      '<configuration><windows><assemblyBinding xmlns="urn:schemas-microsoft-com:asm.v1"><probing privatePath="bin;..\\bin2"/></assemblyBinding></windows></configuration>';
    expect(privatePathOf(probing)).toEqual(['bin', '..\\bin2']);
    expect(privatePathOf(assembly(IDENTITY))).toBeUndefined();
  });
});
