import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findConfig } from '../../config/find-config.ts';
import { loadConfig } from '../../config/load-config.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dllparity-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}
const load = (from = folder, environment: Record<string, string> = {}) => loadConfig({ from, environment });

describe('findConfig', () => {
  it('looks upward to the nearest package.json', () => {
    put('package.json', '{}');
    const path = put('dllparity.config.mts', '');
    mkdirSync(join(folder, 'a/b'), { recursive: true });
    expect(findConfig(join(folder, 'a/b'))).toEqual({ root: folder, path });
    put('a/package.json', '{}');
    expect(findConfig(join(folder, 'a/b'))).toEqual({ root: join(folder, 'a'), path: undefined });
  });

  it('looks at nothing above the start folder without a package.json', () => {
    put('dllparity.config.js', '');
    mkdirSync(join(folder, 'a'));
    expect(findConfig(join(folder, 'a'))).toEqual({ root: join(folder, 'a'), path: undefined });
    expect(findConfig(folder).path).toBe(join(folder, 'dllparity.config.js'));
  });

  it('refuses two files in one folder', () => {
    put('dllparity.config.ts', '');
    put('dllparity.config.mjs', '');
    expect(() => findConfig(folder)).toThrow(
      /two configuration files \[CONFIG_FILE\]\n.*\n.*config\.ts\n.*config\.mjs/,
    );
  });
});

describe('loadConfig', () => {
  it('is content without a file', async () => {
    put('package.json', '{}');
    expect(await load()).toMatchObject({ file: undefined, root: folder, config: { outDir: join(folder, 'out') } });
  });

  it('loads TypeScript with imports and types', async () => {
    put('package.json', '{ "type": "module" }');
    put('limits.ts', 'export const limit: number = 7;');
    const path = put(
      'dllparity.config.ts',
      `import { limit } from './limits.ts';\ninterface A { a: 1 }\nexport default { callTimeoutMs: limit as number };`,
    );
    const { config, sources, file } = await load();
    expect(config.callTimeoutMs).toBe(7);
    expect(sources.get('callTimeoutMs')).toBe(path);
    expect(file).toBe(path);
  });

  it('loads JavaScript, and awaits a function', async () => {
    put('dllparity.config.mjs', 'export default async () => ({ callTimeoutMs: 2 });');
    expect((await load()).config.callTimeoutMs).toBe(2);
  });

  it('points at the line of an unknown option', async () => {
    put('dllparity.config.mjs', 'export default {\n  // bootTimeout\n  bootTimeout: 5,\n};');
    await expect(load()).rejects.toThrow(
      [
        '"bootTimeout" is not an option [CONFIG_UNKNOWN_KEY]',
        `  at ${join(folder, 'dllparity.config.mjs')}:3:3`,
        '    2 |   // bootTimeout',
        '    3 |   bootTimeout: 5,',
        '      |   ^^^^^^^^^^^',
        '  next: Did you mean "bootTimeoutMs"? All options are listed in docs/reference/configuration.md.',
      ].join('\n'),
    );
  });

  it('names only the file when the key occurs twice', async () => {
    const path = put('dllparity.config.mjs', 'const other = { wien: 1 };\nexport default { wien: other };');
    await expect(load()).rejects.toThrow(`at ${path}\n  next: Did you mean "wine"?`);
  });

  it.each([
    ['throws', 'throw new Error("boom")', 'because: boom'],
    ['does not parse', 'export default {', 'because: '],
    ['imports what is not there', 'import "./nowhere.mjs"; export default {};', 'nowhere.mjs'],
    ['has no default export', 'export const config = {};', 'has no default export'],
  ])('says CONFIG_FILE when the file %s', async (_, text, part) => {
    put('dllparity.config.mjs', text);
    const error: unknown = await load().catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'CONFIG_FILE', where: { file: join(folder, 'dllparity.config.mjs') } });
    expect((error as Error).message).toContain(part);
  });

  it('takes the file that DLLPARITY_CONFIG names', async () => {
    put('dllparity.config.mjs', 'export default { callTimeoutMs: 1 };');
    const other = put('ci/other.mjs', 'export default { callTimeoutMs: 2, outDir: "o" };');
    expect((await load(folder, { DLLPARITY_CONFIG: other })).config).toMatchObject({
      callTimeoutMs: 2,
      outDir: join(folder, 'ci/o'),
    });
    await expect(load(folder, { DLLPARITY_CONFIG: join(folder, 'none.ts') })).rejects.toThrow(
      /does not exist \[CONFIG_FILE\]/,
    );
  });

  // Inside vitest every import is transformed. A user's process runs built JavaScript, and on Node 20 the configuration needs vite.
  it('loads TypeScript in a plain process', () => {
    buildHarness(join(folder, 'built'));
    symlinkSync(fileURLToPath(new URL('../../../node_modules', import.meta.url)), join(folder, 'node_modules'));
    put('package.json', '{ "type": "module" }');
    put('dllparity.config.ts', 'enum E { A = 3 }\nexport default { callTimeoutMs: E.A as number };');
    const script = `import { loadConfig } from './built/config/load-config.js'; console.log((await loadConfig()).config.callTimeoutMs)`;
    const text = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(text.trim()).toBe('3');
  });
});

function buildHarness(target: string): void {
  const harness = fileURLToPath(new URL('../..', import.meta.url));
  const compilerOptions = {
    module: ts.ModuleKind.ESNext,
    target: ts.ScriptTarget.ES2022,
    rewriteRelativeImportExtensions: true,
  };
  for (const folder of ['base', 'config']) mkdirSync(join(target, folder), { recursive: true });
  for (const name of ['base', 'config'].flatMap((folder) =>
    readdirSync(join(harness, folder)).map((file) => `${folder}/${file}`),
  )) {
    const { outputText } = ts.transpileModule(readFileSync(join(harness, name), 'utf8'), { compilerOptions });
    writeFileSync(join(target, name.replace(/ts$/, 'js')), outputText);
  }
}
