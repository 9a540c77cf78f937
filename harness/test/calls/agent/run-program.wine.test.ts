// Programs of Windows, run in the prefix of an agent.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'dllparity';
import { quoted } from '../../../calls/agent/run-program.ts';
import { bootForWorker } from '../../../vitest/fixtures/test.ts';
import { basics } from '../../reference-dlls.ts';

const ENDLESS = ['/c', 'for', '/l', '%i', 'in', '(1,0,2)', 'do', '@rem'];

describe('a program', () => {
  test('has its output, of both streams, and its exit code', async ({ agent }) => {
    const pieces = { stdout: '', stderr: '' };
    const { code, stdout, stderr } = await agent.run(
      'cmd',
      ['/c', 'echo', 'one&', 'echo', 'two', '1>&2&', 'exit', '70000'],
      {
        onOutput: (piece, stream) => (pieces[stream] += Buffer.from(piece).toString('latin1')),
      },
    );
    expect({ code, stdout: stdout.toString('latin1').trim(), stderr: stderr.toString('latin1').trim() }).toEqual({
      code: 70_000,
      stdout: 'one',
      stderr: 'two',
    });
    expect(pieces).toEqual({ stdout: stdout.toString('latin1'), stderr: stderr.toString('latin1') });
    expect(agent.load(basics).add(20, 22)).toBe(42);
  });

  test('runs in the folder that is asked for, beside another one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dllparity-run-'));
    try {
      await using agent = await bootForWorker({ folders: [folder] });
      const [one, two] = await Promise.all([
        agent.run('C:\\windows\\system32\\cmd.exe', ['/c', 'cd'], { cwd: folder }),
        agent.run('cmd.exe', ['/c', 'echo', 'other']),
      ]);
      expect(one.stdout.toString().trim()).toBe(agent.windowsPath(folder));
      expect(two.stdout.toString().trim()).toBe('other');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('that takes too long is ended, with what it has started', async ({ agent }) => {
    const start = performance.now();
    const { code } = await agent.run('cmd', ['/c', 'cmd', ...ENDLESS], { timeoutMs: 500 });
    expect(code).toBeNull();
    expect(performance.now() - start).toBeLessThan(5000);
    await expect.poll(() => agent.childProcesses(), { timeout: 5000 }).toEqual([]);
  });

  test('whose output nobody wants to hear is ended', async ({ agent }) => {
    const failing = agent.run('cmd', ['/c', 'echo', 'one&', 'cmd', ...ENDLESS], {
      onOutput: () => {
        throw new Error('my own');
      },
    });
    await expect(failing).rejects.toThrow('my own');
    await expect.poll(() => agent.childProcesses(), { timeout: 5000 }).toEqual([]);
  });

  test('that there is not is an error in the words of Windows', async ({ agent }) => {
    await expect(agent.run('no_such_program')).rejects.toThrow(/no_such_program could not be started: .*\(GetLastError\).*\[PROGRAM_NOT_STARTED\]/s);
  }); // prettier-ignore
});

describe('an agent', () => {
  test('has an id, levels of its log, a limit for calls, and no process after its end', async () => {
    const agent = await bootForWorker({ callTimeoutMs: 700 });
    expect(agent.id).toMatch(/^worker-\d+\.\d+$/);
    const level = agent.log?.level('wine') ?? 'trace';
    agent.log?.setLevel('wine', 'error');
    expect(agent.log?.level('wine')).toBe('error');
    agent.log?.setLevel('wine', level);
    expect(agent.callTimeoutMs).toBe(700);
    agent.callTimeoutMs = 150;
    expect(agent.load(basics).hang.outcome()).toMatchObject({ kind: 'timed-out', limitMs: 150 });
    expect(() => {
      agent.callTimeoutMs = -1;
    }).toThrow(/ARGUMENT_RANGE/);
    agent.load(basics).add(1, 1);
    expect(agent.pid).toBeGreaterThan(0);
    await agent.close();
    expect(agent.pid).toBeNull();
  });
});

test.for([
  ['plain', 'plain'],
  ['', '""'],
  ['with space', '"with space"'],
  ['a"b', String.raw`"a\"b"`],
  [String.raw`c:\dir\ `, String.raw`"c:\dir\ "`],
  [String.raw`c:\a b` + '\\', String.raw`"c:\a b\\"`],
  [String.raw`a\"b c`, String.raw`"a\\\"b c"`],
])('the argument %j is written %s', ([argument = '', text = '']) => {
  expect(quoted(argument)).toBe(text);
});
