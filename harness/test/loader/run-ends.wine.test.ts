import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, library, test } from 'dllparity';
import type { Agent } from '../../agent.ts';
import { Launcher } from '../../loader/run/launcher.ts';
import { prefixFolders } from '../../loader/run/lay-out.ts';
import { ScenarioRunner, type ScenarioRun } from '../../loader/run/runner.ts';
import type { Scenario } from '../../loader/scenario.ts';
import { outcome, run } from './runner.ts';
import { scenarioOf } from './scenarios.ts';

describe('the end of a program', () => {
  test('is told with all 32 bits', async ({ agent }) => {
    const missing = await run(agent, 'program: { imports: none.dll }');
    expect([missing.outcome, missing.exitCode]).toEqual([['exit STATUS_DLL_NOT_FOUND'], 0xc0000135]);
    const failing = await run(agent, 'files: { app/x.dll: { dll: bad, dllMain: fails } }\nprogram: { imports: x.dll }');
    expect(failing.outcome).toEqual(['exit STATUS_DLL_INIT_FAILED']);
  });

  test('by a crash keeps what came before', async ({ agent }) => {
    // What AddDllDirectory gives is an address that the loader trusts: here it is told another.
    const sound = scenarioOf('files: { app/x.dll: dll }\ncalls: [LoadLibrary: x.dll]');
    const broken: Scenario = {
      ...sound,
      calls: [...sound.calls, { call: 'RemoveDllDirectory', of: 0 }, ...sound.calls],
    };
    const [crashed] = await new ScenarioRunner(agent).run([broken]);
    expect(crashed?.outcome).toEqual(['app', 'exit STATUS_ACCESS_VIOLATION']);
  });

  test('comes when its time is up, and nothing of it stays', async ({ agent }) => {
    const runner = new ScenarioRunner(agent, { timeoutMs: 1 });
    const runs = await runner.run(Array.from({ length: 4 }, () => scenarioOf('files: { system32/so-late.dll: dll }')));
    expect(runs.map(({ outcome: words }) => words.at(-1))).toEqual(Array.from({ length: 4 }, () => 'timed out'));
    expect(agent.childProcesses().filter(({ command }) => command.includes('probe.exe'))).toEqual([]);
    expect(existsSync(join(prefix(agent).system32, 'so-late.dll'))).toBe(false);
    expect(readdirSync(join(prefix(agent).driveC, 'scenarios'))).toEqual([]);
  });
});

test('a program that cannot be started gives the error of CreateProcess', async ({ agent }) => {
  const start = {
    commandLine: 'none',
    directory: 'C:\\windows',
    environment: Uint16Array.of(0, 0),
    outputFile: 'C:\\windows\\temp\\launcher-test',
    timeoutMs: 5000,
    dllDirectory: undefined,
  };
  const launcher = new Launcher(agent);
  expect(await launcher.start({ ...start, application: 'C:\\none.exe' })).toMatchObject({
    startError: 2,
    timedOut: false,
  });
  const rejected = launcher.start({ ...start, application: 'C:\\none.exe', outputFile: 'C:\\none\\x' });
  await expect(rejected).rejects.toThrow(/could not be made \(Windows error 3\)/);
});

const kernel32 = library(
  'kernel32.dll',
  { getDllDirectory: 'DWORD GetDllDirectoryW(DWORD room, _Out_writes_(room) wchar_t *text)' },
  { convention: 'stdcall' },
);

function prefix(agent: Agent): ReturnType<typeof prefixFolders> {
  return prefixFolders(agent.prefix, agent.installation.architecture);
}

describe('what scenarios share', () => {
  test('is as it was', async ({ agent, load }) => {
    const version = join(prefix(agent).system32, 'version.dll');
    const before = readFileSync(version);
    const hadSystem = existsSync(join(prefix(agent).driveC, 'windows', 'system'));
    const safe = 'files: { cwd/x.dll: dll, system32/x.dll: dll }\ncalls: [LoadLibrary: x.dll]';
    const words = [
      await outcome(agent, 'files: { system32/version.dll: dll, windows/so/x.dll: dll, system/x.dll: { dll: old } }\ncalls: [LoadLibrary: x.dll]'), // prettier-ignore
      await outcome(
        agent,
        String.raw`${safe}
registry: { 'HKLM\System\CurrentControlSet\Control\Session Manager\SafeDllSearchMode': 0 }`,
      ),
      await outcome(agent, safe),
      await outcome(agent, 'program: { parentDllDirectory: "{dir1}" }'),
    ];
    expect(words).toEqual([['old'], ['cwd'], ['system32'], []]);
    expect(readFileSync(version).equals(before)).toBe(true);
    expect(existsSync(join(prefix(agent).driveC, 'windows', 'so'))).toBe(false);
    expect(existsSync(join(prefix(agent).driveC, 'windows', 'system'))).toBe(hadSystem);
    expect(existsSync(join(prefix(agent).system32, 'x.dll'))).toBe(false);
    expect(load(kernel32).getDllDirectory(260, new Uint16Array(260))).toBe(0);
  });

  test('no two scenarios use at once', async ({ agent }) => {
    const folders = ['system32', 'app', 'windows', 'cwd', 'system', 'path1'];
    const scenarios: Scenario[] = Array.from({ length: 24 }, (_, index) =>
      scenarioOf(`files: { ${folders[index % folders.length] ?? ''}/x.dll: dll }\ncalls: [LoadLibrary: x.dll]`),
    );
    const told: ScenarioRun[] = [];
    const runs = await new ScenarioRunner(agent).run(scenarios, (one) => told.push(one));
    expect(runs.map(({ outcome: words }) => words[0])).toEqual(scenarios.map((_, index) => folders[index % folders.length])); // prettier-ignore
    expect(new Set(told)).toEqual(new Set(runs));
  });
});

test('a scenario that cannot be run says why, and costs no other', async ({ agent }) => {
  const good = scenarioOf('files: { app/x.dll: dll }\ncalls: [LoadLibrary: x.dll]');
  const bad: Scenario = {
    ...good,
    calls: [{ call: 'LoadLibrary', name: 'a\tb' }],
    files: [...good.files, { folder: 'system32', path: 'so-bad.dll', content: { kind: 'empty' } }],
  };
  const runs = await new ScenarioRunner(agent).run([good, bad, good]);
  expect(runs.map(({ outcome: words, harnessError }) => [words, harnessError])).toEqual([
    [['app'], undefined],
    [[], 'a text in LoadLibrary has a tab, a line feed or a null in it'],
    [['app'], undefined],
  ]);
  expect(existsSync(join(prefix(agent).system32, 'so-bad.dll'))).toBe(false);
});

test('an agent that ends costs those that are under way, and no other', async ({ agent }) => {
  const good = scenarioOf('files: { app/x.dll: dll }\ncalls: [LoadLibrary: x.dll]');
  const runner = new ScenarioRunner(agent, { width: 1 });
  const [before] = await runner.run([good]);
  const { pid } = agent;
  if (pid === null) throw new Error('the agent has no process');
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => existsSync(`/proc/${String(pid)}`)).toBe(false);
  const after = await runner.run([good, good, good]);
  expect([before, after.at(-1)].map((each) => each?.outcome)).toEqual([['app'], ['app']]);
  expect(after.filter(({ harnessError }) => harnessError !== undefined).length).toBeLessThan(2);
  agent.takeLateFaults();
});
