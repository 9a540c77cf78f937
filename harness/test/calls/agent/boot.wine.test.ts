import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'dllparity';
import { Agent } from '../../../calls/agent/agent.ts';
import { resolveConfig } from '../../../config/resolve-config.ts';
import type { Config } from '../../../config/config.ts';
import { isDllparityError } from '../../../base/errors.ts';
import type { Installation } from '../../../machines/installation.ts';
import { basics, installation as ofThisRun } from '../../reference-dlls.ts';
import { processesNaming } from './processes.ts';

const { architecture } = ofThisRun;
const COMPILER = architecture === 'x64' ? 'x86_64-w64-mingw32-gcc' : 'i686-w64-mingw32-gcc';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dllparity-boot-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Something that is started instead of Wine. */
function fakeWine(script: string): string {
  const path = join(folder, `wine-${readdirSync(folder).length.toString()}`);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o700);
  return path;
}

function boot(options: Config, installation: Partial<Installation> = {}): Agent {
  const { config } = resolveConfig({ root: folder, file: undefined, fixture: options, environment: {} });
  return new Agent({ config, installation: { ...ofThisRun, ...installation } });
}

function bootError(options: Config, installation: Partial<Installation> = {}): { code: string; message: string } {
  try {
    void boot(options, installation).close();
  } catch (error) {
    if (isDllparityError(error)) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('it has booted');
}

/** Folders of this process's agents: each test expects none of its own to be left. */
function ownFolders(): string[] {
  return ['/dev/shm', dirname(dirname(ofThisRun.template)) + '/prefixes']
    .flatMap((parent) => (existsSync(parent) ? readdirSync(parent) : [])) // The first agent of a machine makes them.
    .filter((name) => name.startsWith(`dllparity-${process.pid.toString()}-`));
}

/** Waits until the folders of the agents that could not start are gone; those that were there before stay. */
async function expectNoMoreThan(before: readonly string[]): Promise<void> {
  await expect.poll(() => ownFolders().filter((name) => !before.includes(name)), { timeout: 3000 }).toEqual([]);
}

describe('an agent that does not start', () => {
  test('because it hangs: an error within the limit, and nothing is left', async () => {
    const before = ownFolders();
    const wine = fakeWine('sleep 1000');
    const start = performance.now();
    const { code, message } = bootError({ wine, bootTimeoutMs: 1500 });
    expect(performance.now() - start).toBeLessThan(3000);
    expect(code).toBe('AGENT_BOOT_TIMEOUT');
    expect(message).toMatch(/the agent did not start in time \(limit 1,500 ms\)/);
    expect(message).toContain('its log is empty');
    await expect.poll(() => processesNaming(wine)).toEqual([]);
    await expectNoMoreThan(before);
  });

  test('because it ends: an error at once, with code and the end of its log', async () => {
    const before = ownFolders();
    const start = performance.now();
    const { code, message } = bootError({ wine: fakeWine('echo "no such display" >&2; exit 3') });
    expect(performance.now() - start).toBeLessThan(1500);
    expect(code).toBe('AGENT_BOOT_FAILED');
    expect(message).toMatch(/the agent ended while it was starting: exit code 3/);
    expect(message).toContain('no such display');
    await expectNoMoreThan(before);
  });

  test('because it is killed: an error with the signal', () => {
    const { code, message } = bootError({ wine: fakeWine('kill -9 $$') });
    expect(code).toBe('AGENT_BOOT_FAILED');
    expect(message).toContain('signal 9');
  });

  test('because there is no Wine: an error that says so', () => {
    const { code, message } = bootError({ wine: join(folder, 'nowhere') });
    expect(code).toBe('WINE_NOT_FOUND');
    expect(message).toContain(join(folder, 'nowhere'));
  });

  test('because the template is no prefix: an error that names the folder', async () => {
    const before = ownFolders();
    const { code } = bootError({ template: join(folder, 'a', 'no-template') });
    expect(code).toBe('PREFIX_TEMPLATE_MISSING');
    await expectNoMoreThan(before);
  });

  test('because its program is missing: an error with its log', () => {
    const { code, message } = bootError({}, { agentProgram: join(folder, 'missing.exe') });
    expect(code).toBe('AGENT_BOOT_FAILED');
    expect(message).toContain('missing.exe');
  });
});

test('an agent of another protocol version is refused with both numbers', () => {
  const sources = join(folder, 'native');
  cpSync(new URL('../../../../agent/native', import.meta.url), sources, { recursive: true });
  const layout = join(sources, 'layout.h');
  const text = readFileSync(layout, 'utf8');
  writeFileSync(layout, text.replace(/(LAYOUT_PROTOCOL_VERSION) (\d+)/, '$1 9$2'));
  const agentProgram = join(folder, 'other-agent.exe');
  const other = architecture === 'x64' ? '-ia32.' : '-x64.';
  const files = readdirSync(sources).filter((name) => /\.[cS]$/.test(name) && !name.includes(other));
  const link = [
    '-nostdlib',
    '-Wl,-e,entry',
    '-o',
    agentProgram,
    ...files,
    '-lgcc',
    '-lntdllcrt',
    '-lntdll',
    '-lkernel32',
  ];
  // Windows' headers are read once: for each file anew that would take longer than the rest of the tests here.
  execFileSync(COMPILER, ['-O1', 'agent.h', '-o', 'agent.h.gch'], { cwd: sources });
  execFileSync(COMPILER, ['-O1', ...link], { cwd: sources });

  const { code, message } = bootError({}, { agentProgram });
  expect(code).toBe('PROTOCOL_MISMATCH');
  expect(message).toMatch(/the agent speaks protocol 9\d+, this host \d+/);
  expect(message).toContain('npm run setup');
});

test('a boot that fails does not stand in the way of the next', async () => {
  bootError({ wine: fakeWine('exit 1') });
  await using agent = boot({});
  expect(agent.load(basics).add(2, 3)).toBe(5);
});

test('an agent says what it is', async () => {
  await using agent = boot({});
  expect(agent.identity.revision).toMatch(/^[0-9a-f]{12}$/);
  expect(agent.identity.windows).toMatch(/^10\.0\.\d+$/);
  expect(agent.identity.wine).toBe(ofThisRun.wineVersion);
  expect(agent.bootMs).toBeGreaterThan(10);
});

test('an agent that was closed says so when it is used', async () => {
  const agent = boot({});
  const { add } = agent.load(basics);
  await agent.close();
  await agent.close();
  expect(() => add(1, 2)).toThrow(/the agent was closed.*AGENT_CLOSED/);
});
