// What a DLL cannot do in the sandbox; without one the harmless attempts succeed, so that these tests can fail.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'dllparity';
import type { Agent } from '../../../agent.ts';
import { bootForWorker } from '../../../vitest/fixtures/test.ts';
import { packageRoot } from '../../../base/package-root.ts';
import { basics, installation } from '../../reference-dlls.ts';
import { isRunning, processesOf, serverFolderOf } from '../../calls/agent/processes.ts';
import { child, escape, OPEN, readText, runShell, writeText } from './escape.ts';

const MEBIBYTE = 2 ** 20;
const LIMITS = { memoryBytes: 1024 * MEBIBYTE, processes: 120, diskBytes: 64 * MEBIBYTE };
const SECRET = 'nobody inside shall know this';

let outside: string;
let inside: Agent;
let open: Agent;
let listener: Server;
let port: number;
const z = (path: string): string => `Z:${path.replaceAll('/', '\\')}`;
/** A code of Windows with its sign turned. */
const refused = (result: bigint | string): boolean => typeof result === 'bigint' && result < 0n;

beforeAll(async () => {
  outside = mkdtempSync(join(tmpdir(), 'dllparity-outside-'));
  writeFileSync(join(outside, 'secret'), SECRET);
  process.env['A_SECRET_OF_THE_HOST'] = SECRET;
  listener = createServer((socket) => socket.destroy());
  listener.listen(0, '127.0.0.1');
  await new Promise((resolve) => listener.once('listening', resolve));
  const address = listener.address();
  port = typeof address === 'object' && address ? address.port : 0;
  inside = await bootForWorker({
    sandbox: 'required',
    callTimeoutMs: 40_000,
    limits: LIMITS,
    environment: { TOLD: 'yes' },
  });
  open = await bootForWorker({ sandbox: 'off' });
});
afterAll(async () => {
  const server = serverFolderOf(open);
  expect(existsSync(server)).toBe(true);
  await Promise.all([inside.close(), open.close()]);
  expect(existsSync(server)).toBe(false);
  listener.close();
  delete process.env['A_SECRET_OF_THE_HOST'];
  rmSync(outside, { recursive: true });
});

/** The agent answers: whatever was tried has not cost the run. */
function expectHealthy(agent: Agent): void {
  expect(agent.load(basics).add(20, 22)).toBe(42);
}

describe('reading', () => {
  test('a secret outside, by every name it has', () => {
    const file = join(outside, 'secret');
    const names = [z(file), `\\\\?\\unix${file.replaceAll('/', '\\')}`, `C:${'\\..'.repeat(9)}${file.replaceAll('/', '\\')}`];
    for (const name of names) expect(refused(readText(inside, name) as bigint), name).toBe(true);
    expect(readText(open, names[0]!)).toBe(SECRET);
    expect(readText(open, names[1]!)).toBe(SECRET);
  }); // prettier-ignore

  test('passwords of the machine, and the home of its user', () => {
    expect(refused(readText(inside, 'Z:\\etc\\shadow'))).toBe(true);
    expect(readText(inside, 'Z:\\etc\\passwd')).toContain('root:');
    const known = `${homedir()}/.cache/dllparity/mount/prefix`.split('/').filter(Boolean);
    for (let depth = 1; depth < known.length; depth++) {
      // Of the folders on the way only what lies on the way is there.
      const found = Number(inside.load(escape).listFolder(z(`/${known.slice(0, depth).join('/')}/*`)));
      expect(found).toBeLessThan(9);
    }
  });

  test('which folders there are', () => {
    const dll = inside.load(escape);
    for (const folder of ['/home', '/var', '/run', '/boot', join(homedir(), '.ssh'), outside]) {
      expect(refused(BigInt(dll.listFolder(z(`${folder}/*`)))), folder).toBe(true);
    }
    expect(BigInt(open.load(escape).listFolder(z(`${outside}/*`)))).toBe(3n);
  });

  test('an environment variable of the host', async () => {
    const text = new Uint16Array(100);
    expect(BigInt(inside.load(escape).readVariable('A_SECRET_OF_THE_HOST', text, 100))).toBeLessThan(0n);
    expect(BigInt(open.load(escape).readVariable('A_SECRET_OF_THE_HOST', text, 100))).toBeLessThan(0n);
    expect(BigInt(inside.load(escape).readVariable('TOLD', text, 100))).toBe(3n);
    // Nor that of any process that it sees.
    const environments = await runShell(inside, 'cat /proc/[0-9]*/environ | tr "\\0" "\\n"');
    expect(environments).toContain('TOLD=yes');
    expect(environments).not.toContain('A_SECRET');
  });
});

describe('writing', () => {
  test('to folders of the system and of the project, to the home and to shared memory', () => {
    const places = ['/', '/usr', '/etc', '/dev', '/dev/shm', '/proc', '/sys', homedir(), packageRoot, outside];
    for (const place of places) {
      const name = z(join(place, 'escaped'));
      for (const how of [OPEN.createNew, OPEN.always]) {
        expect(refused(writeText(inside, name, 'escaped', how)), place).toBe(true);
      }
      expect(refused(BigInt(inside.load(escape).makeFolder(name))), place).toBe(true);
      expect(existsSync(join(place, 'escaped')), place).toBe(false);
    }
    const harmless = z(join(outside, 'escaped'));
    expect(writeText(open, harmless, 'escaped')).toBe(7n);
    expect(readFileSync(join(outside, 'escaped'), 'utf8')).toBe('escaped');
  });

  test('to files that can be read, and removing them', () => {
    const file = join(packageRoot, 'package.json');
    const before = readFileSync(file);
    expect(readText(inside, z(file))).toContain('dllparity');
    expect(refused(writeText(inside, z(file), 'escaped', OPEN.existing))).toBe(true);
    inside.load(escape).deleteFile(z(file)); // Wine says that it is done, and does it when the file is closed.
    expect(readFileSync(file)).toEqual(before);
  });

  test('to settings of the kernel', async () => {
    for (const file of ['/proc/sys/kernel/hostname', '/proc/sys/kernel/core_pattern', '/proc/self/oom_score_adj']) {
      expect(refused(writeText(inside, z(file), readFileSync(file, 'utf8'), OPEN.existing)), file).toBe(true);
    }
    const output = await runShell(inside, 'cat /proc/sys/kernel/hostname >/proc/sys/kernel/hostname');
    expect(output).toMatch(/Read-only|denied/);
  });

  for (const where of ['system32\\kernel32.dll', 'win.ini'] as const) {
    test(`into ${where} of Windows: only the clone has it`, () => {
      // What 32-bit programs know as system32 has another name on the disk.
      const onDisk = installation.architecture === 'ia32' ? where.replace('system32', 'syswow64') : where;
      const path = join('drive_c', 'windows', ...onDisk.split('\\'));
      const template = join(installation.template, path);
      const digest = (): string => createHash('sha256').update(readFileSync(template)).digest('hex');
      const before = digest();
      for (const agent of [inside, open]) {
        expect(writeText(agent, `C:\\windows\\${where}`, 'escaped', OPEN.existing)).toBe(7n);
        const clone = readFileSync(join(agent.prefix, path));
        expect(clone.subarray(-7).toString()).toBe('escaped');
      }
      expect(digest()).toBe(before);
    });
  }
});

describe('other processes', () => {
  test('a listener on the loopback of the machine', async () => {
    const loopback = 0x0100007f;
    expect(BigInt(inside.load(escape).connectTo(loopback, port))).toBe(-10061n);
    expect(BigInt(open.load(escape).connectTo(loopback, port))).toBe(0n);
    // No other interface has any address.
    expect(await runShell(inside, 'cat /proc/net/fib_trie /proc/net/route')).not.toMatch(/(?<!127\.0\.0\.)\b0\.0\.0\.0\t/);
  }); // prettier-ignore

  test('a socket of Unix, by its name and by a path outside', async () => {
    const [name, path] = [`dllparity-${process.pid.toString()}`, join(outside, 'socket')];
    const script = (address: string): string =>
      `perl -MSocket -e 'socket(S, PF_UNIX, SOCK_STREAM, 0); print connect(S, pack_sockaddr_un(${address})) ? "in" : "out"'`;
    const addresses = [`"\\0${name}"`, `"${path}"`];
    const listen = (address: string): string =>
      `$| = 1; socket(my $s, PF_UNIX, SOCK_STREAM, 0); bind($s, pack_sockaddr_un(${address})); listen($s, 5); print "ready"; sleep 30`;
    const servers = addresses.map((address) => spawn('perl', ['-MSocket', '-e', listen(address)]));
    try {
      await Promise.all(servers.map(({ stdout }) => once(stdout, 'data')));
      for (const address of addresses) {
        expect(await runShell(inside, script(address))).toBe('out');
        if (address.includes('/')) expect(await runShell(open, script(address), outside)).toBe('in');
      }
    } finally {
      for (const server of servers) server.kill('SIGKILL');
    }
  });

  test('seeing them, and ending them: only those of the own prefix are there', async () => {
    const agent = await bootForWorker({ sandbox: 'required' });
    const seen = await runShell(agent, 'ls /proc | grep -c "^[0-9]"');
    expect(Number(seen)).toBeLessThan(20);
    const others = processesOf(inside.prefix);
    const pids = processesOf(agent.prefix);
    // Nothing is ended where more than the prefix can be seen.
    if (Number(seen) < 20) await runShell(agent, '(sleep 0.3; kill -9 -1) >/dev/null 2>&1 &');
    await expect.poll(() => pids.filter(isRunning), { timeout: 5000 }).toEqual([]);
    expect(others.every(isRunning)).toBe(true);
    expectHealthy(inside);
    // It had no chance to say so: the next call finds the process gone, and the one after has a new prefix.
    agent.load(basics).add.outcome(1, 1);
    expectHealthy(agent);
    expect(agent.takeLateFaults()).toHaveLength(1);
    await agent.close();
  });

  test('ending all processes that Windows knows of', async () => {
    const agent = await bootForWorker({ sandbox: 'required' });
    expect(agent.load(escape).endOthers(2000)).toBeGreaterThan(0);
    expectHealthy(agent);
    // The one that notes exit codes is among them: the next exit has the eight bits that the system keeps.
    expect(agent.load(basics).exit.outcome(7)).toMatchObject({ kind: 'exited', signal: null });
    expectHealthy(agent);
    await agent.close();
  });

  test('new namespaces, mounts, the log of the kernel', async () => {
    const output = await runShell(inside, 'mount -t tmpfs none /tmp && echo mounted; unshare -Urm mount -t tmpfs none /tmp && echo mounted; dmesg'); // prettier-ignore
    expect(output).not.toContain('mounted');
    expect(output).toMatch(/dmesg: .*not permitted|dmesg: not found/);
    expect(await runShell(inside, 'grep -h CapEff /proc/self/status')).toMatch(/\b0{16}$/);
    expect(await runShell(inside, 'grep -h NoNewPrivs /proc/self/status')).toMatch(/1$/);
  });

  test('files that other programs of the sandbox have open: none lies outside', async () => {
    // A folder called / would be one of the machine's if it were another than the sandbox's own.
    const links = await runShell(inside, 'for fd in /proc/[0-9]*/fd/*; do [ "$fd" -ef / ] || readlink "$fd"; done');
    const files = links.split('\n').filter((line) => line.startsWith('/') && !line.startsWith('/proc/'));
    const own = /^\/(dev\/(null|u?random|zero)|tmp\/|usr\/)|\/mount\/(prefix|disk)|^\/memfd:dllparity \(deleted\)$/;
    const readable = [packageRoot, installation.oracles];
    expect(files.filter((path) => !own.test(path) && !readable.some((folder) => path.startsWith(folder)))).toEqual([]);
  });
});

describe('using up', () => {
  test('processes', async () => {
    const dll = inside.load(escape);
    const started = dll.startPrograms(...child(), 200);
    expect(started).toBeGreaterThan(5);
    expect(started).toBeLessThan(LIMITS.processes);
    expectHealthy(inside);
    await runShell(open, 'true', outside); // The machine itself can still start some.
  });

  test('threads', () => {
    const dll = inside.load(escape);
    expect(dll.startThreads(2000)).toBeLessThan(LIMITS.processes);
    expectHealthy(inside);
  });

  test('processes of Unix, by a shell that multiplies', async () => {
    const agent = await bootForWorker({ sandbox: 'required', limits: LIMITS });
    const before = processesOf(agent.prefix).length;
    agent.load(escape).writeFile('Z:\\tmp\\bomb.sh', OPEN.createAlways, 0, ...bytes('i=0; while [ $i -lt 1000 ]; do sleep 20 & i=$((i+1)); done')); // prettier-ignore
    agent.load(escape).startProgram('Z:\\bin\\sh', 'sh /tmp/bomb.sh');
    await expect.poll(() => processesOf(agent.prefix).length, { timeout: 10_000 }).toBeGreaterThan(before + 10);
    expect(processesOf(agent.prefix).length).toBeLessThan(LIMITS.processes);
    expectHealthy(agent);
    const pids = processesOf(agent.prefix);
    await agent.close();
    expect(pids.filter(isRunning)).toEqual([]);
  });

  test('the disk', () => {
    const dll = inside.load(escape);
    const free = BigInt(dll.fillDisk('C:\\filler', 2048n * BigInt(MEBIBYTE)));
    expect(free).toBeLessThanOrEqual(BigInt(LIMITS.diskBytes));
    expect(free).toBeGreaterThan(BigInt(LIMITS.diskBytes) / 2n);
    expect(BigInt(dll.fillDisk('Z:\\tmp\\filler', 2048n * BigInt(MEBIBYTE)))).toBeLessThan(2n * BigInt(MEBIBYTE));
    expectHealthy(inside);
    // A process that ends now is replaced, although there is no room for what it may log.
    expect(inside.load(basics).exit.outcome(258)).toMatchObject({ kind: 'exited', code: 258 });
    expectHealthy(inside);
    dll.deleteFile('C:\\filler');
    dll.deleteFile('Z:\\tmp\\filler');
  });

  test('memory', () => {
    const outcome = inside.load(escape).takeMemory.outcome(8n * 1024n * BigInt(MEBIBYTE));
    if (outcome.kind === 'returned') expect(Number(outcome.result)).toBeLessThan(LIMITS.memoryBytes);
    else expect(outcome).toMatchObject({ kind: 'exited' });
    expectHealthy(inside);
  });

  test('open files', () => {
    expect(inside.load(escape).openFiles('C:\\windows\\win.ini', 20_000)).toBeLessThan(8192);
    expectHealthy(inside);
  });
});

describe('what is declared', () => {
  test('a folder can be read, and written to where that is allowed', async () => {
    const agent = await bootForWorker({ sandbox: 'required', folders: [outside] });
    expect(readText(agent, z(join(outside, 'secret')))).toBe(SECRET);
    expect(refused(writeText(agent, z(join(outside, 'new')), 'text'))).toBe(true);
    expect(refused(readText(agent, z(join(packageRoot, 'CHANGELOG.md'))))).toBe(true);
    await agent.close();
    const writing = await bootForWorker({ sandbox: 'required', writableFolders: [outside] });
    expect(writeText(writing, z(join(outside, 'new')), 'text')).toBe(4n);
    await writing.close();
    expect(readdirSync(outside)).toContain('new');
  });

  test('an agent says what stands around it', () => {
    expect(inside.sandboxState).toMatchObject({ sandbox: true, reason: null, clone: 'overlay', limits: LIMITS });
    expect(open.sandboxState).toMatchObject({ sandbox: false, reason: null, limits: {} });
  });
});

function bytes(text: string): [Uint8Array, number] {
  const buffer = Buffer.from(text);
  return [buffer, buffer.length];
}
