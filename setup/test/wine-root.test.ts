import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { wasWine10Added } from '../added-wine.mjs';
import { missingNeeds } from '../packages.mjs';
import { rootLauncher } from '../root-launcher.mjs';
import { rootFolder } from '../root-recipe.mjs';
import { wineRoot } from '../steps/wine-root.mjs';
import { stepContext } from './step-context.ts';
import { temporaryFolder, writeTree } from './temporary-folder.ts';

afterEach(() => vi.restoreAllMocks());

// The folder is the last argument but one.
const FOLDER = 'while [ $# -gt 2 ]; do shift; done; mkdir -p "$1/usr"';
const WORKS = `#!/bin/sh\necho "$@" >> "$LOG"\necho "I: running apt-get update..." >&2\n${FOLDER}\nsleep 0.2\n`;

/** A machine whose mmdebstrap is this script; the other programs are those of a shell. */
function machine(mmdebstrap: string, uid = 0, more: { readonly signal?: AbortSignal; readonly cache?: string } = {}) {
  vi.spyOn(process, 'getuid').mockReturnValue(uid);
  const path = temporaryFolder();
  writeTree(path, { mmdebstrap });
  const log = join(path, 'log');
  const env = { PATH: uid === 0 ? `${path}:/usr/bin:/bin` : path, LOG: log };
  return { context: stepContext({ withWine10: true, env, ...more }), log };
}

test('nothing happens where Wine 10 was not asked for, but it is said how to', async () => {
  const { context, log } = machine(WORKS);
  const result = await wineRoot.run({ ...context, withWine10: false });
  expect(result).toEqual({ changed: false, text: 'not added; npm run setup -- --wine 10 adds it' });
  expect(existsSync(log)).toBe(false);
  // The published package has no lockfile, and whoever installs it has not its npm scripts.
  const installed = await wineRoot.run({ ...context, withWine10: false, root: temporaryFolder() });
  expect(installed.text).toBe('not added; npx dllparity setup --wine 10 adds it');
});

test('two at once make one folder, and tell what is going on', async () => {
  const cache = temporaryFolder();
  const [one, two] = [machine(WORKS, 0, { cache }), machine(WORKS, 0, { cache })];
  const results = await Promise.all([wineRoot.run(one.context), wineRoot.run(two.context)]);
  expect(results.map((result) => result.changed).sort()).toEqual([false, true]);
  expect(readdirSync(join(cache, 'roots'))).toEqual([expect.stringMatching(/^trixie-[0-9a-f]{12}$/)]);
  expect([...one.context.said, ...two.context.said]).toContain('mmdebstrap: running apt-get update...');
  const logs = [one.log, two.log].filter((log) => existsSync(log));
  expect(logs.map((log) => readFileSync(log, 'utf8'))).toEqual([expect.stringContaining('wine32:i386')]);
  expect(await wineRoot.run(one.context)).toMatchObject({ changed: false });
});

test('a failure shows what mmdebstrap complained about, and leaves nothing', async () => {
  const script = `#!/bin/sh\necho "I: fine" >&2\necho "E: Mirror sync in progress" >&2\n${FOLDER}\nexit 25\n`;
  const { context } = machine(script);
  await expect(wineRoot.run(context)).rejects.toMatchObject({
    message: expect.stringContaining('exit code 25'),
    output: ['E: Mirror sync in progress'],
  });
  expect(readdirSync(join(context.cache, 'roots'))).toEqual([]);
});

test('an interrupt lets mmdebstrap put things in order, and leaves nothing', async () => {
  const controller = new AbortController();
  const order = 'trap "echo in order >> $LOG; exit 130" INT';
  const { context, log } = machine(`#!/bin/sh\n${order}\n${FOLDER}\nwhile :; do sleep 0.05; done\n`, 0, {
    signal: controller.signal,
  });
  const running = wineRoot.run(context);
  setTimeout(() => controller.abort(), 300);
  await expect(running).rejects.toThrow('interrupted');
  expect(readFileSync(log, 'utf8')).toBe('in order\n');
  expect(readdirSync(join(context.cache, 'roots'))).toEqual([]);
});

test('without root and sudo it says so before anything is done', async () => {
  const { context, log } = machine(WORKS, 1000);
  await expect(wineRoot.run(context)).rejects.toMatchObject({
    message: expect.stringContaining('needs root'),
    next: expect.stringContaining(`DLLPARITY_CACHE=${context.cache}`),
  });
  expect(existsSync(log)).toBe(false);
});

test('inside, the root folder’s system and the machine’s other folders are at their places', async () => {
  const folder = temporaryFolder();
  writeTree(folder, { 'usr/bin/wine': '', 'etc/fonts/fonts.conf': '' });
  const words = (await rootLauncher('/usr/bin/bwrap', folder)).join(' ');
  expect(words).toMatch(/^\/usr\/bin\/bwrap --die-with-parent --tmpfs \/ /);
  expect(words).toContain(`--ro-bind ${folder}/usr /usr --ro-bind ${folder}/etc /etc `);
  expect(words).toContain('--bind-try /tmp /tmp ');
  expect(words).toContain('--bind-try /usr/local /usr/local ');
  expect(words).not.toMatch(/--bind-try \/(usr|etc|proc|dev|sys) /);
  expect(words).toMatch(/ --$/);
});

test('what Wine 10 needs is asked for together with it alone', () => {
  const packages = (withWine10: boolean): string[] =>
    missingNeeds({ purpose: 'tests', withWine10, env: { PATH: '' } }, true).flatMap((need) => [...need.packages]);
  const more = packages(true).filter((name) => !packages(false).includes(name));
  expect(more).toEqual(expect.arrayContaining(['mmdebstrap', 'g++-mingw-w64-i686-win32']));
  expect(packages(false).join(' ')).not.toMatch(/mmdebstrap|g\+\+-mingw-w64-i686/);
});

test('Wine 10 stays added', async () => {
  const root = temporaryFolder();
  expect(await wasWine10Added(root)).toBe(false);
  writeTree(root, { 'build/setup.json': '{ "withWine10": true }' });
  expect(await wasWine10Added(root)).toBe(true);
  writeTree(root, { 'build/setup.json': '{ cut o' });
  expect(await wasWine10Added(root)).toBe(false);
});

test('the folder is named after its recipe', () => {
  expect(rootFolder('/cache')).toMatch(/^\/cache\/roots\/trixie-[0-9a-f]{12}$/);
});
