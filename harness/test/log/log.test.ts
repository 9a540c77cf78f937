import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LogLine } from '../../log/log-line.ts';
import { createLog, type LogOptions } from '../../log/log.ts';

let folder: string;
let shown: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dllparity-log-'));
  shown = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const make = (options: LogOptions = {}) => createLog({ output: { write: (text) => shown.push(text) }, ...options });
const linesOf = (file: string): LogLine[] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as LogLine);

describe('createLog', () => {
  it('writes JSON lines with time, level, channel, agent and call, and makes the folder', () => {
    const file = join(folder, 'a/b/log.jsonl');
    const log = make({ file });
    const agent = log.forAgent('wine-8.0-x64#1');
    log.host.info('boot', { ms: 312 });
    agent.agent.with({ call: 7 }).info('called');
    agent.wine.with({ call: [8, 1007] }).error('batch');
    expect(linesOf(file)).toEqual([
      {
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/) as string,
        level: 'info',
        channel: 'host',
        pid: process.pid,
        ms: 312,
        msg: 'boot',
      },
      {
        time: expect.any(String) as string,
        level: 'info',
        channel: 'agent',
        pid: process.pid,
        agent: 'wine-8.0-x64#1',
        call: 7,
        msg: 'called',
      },
      {
        time: expect.any(String) as string,
        level: 'error',
        channel: 'wine',
        pid: process.pid,
        agent: 'wine-8.0-x64#1',
        call: [8, 1007],
        msg: 'batch',
      },
    ]);
    log.close();
  });

  it('shows people only warnings and errors, one line each', () => {
    const log = make();
    log.host.info('quiet');
    log.forAgent('a1').agent.with({ call: 3 }).warn('odd\n\u001b[2Jthing', { n: 1, s: 'x' });
    log
      .forAgent('a1')
      .wine.with({ call: [1, 9] })
      .error('bad');
    expect(shown).toHaveLength(2);
    expect(shown[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3} WARN  agent a1 call 3 odd\\n\\x1b\[2Jthing n=1 s=x\n$/);
    expect(shown[1]).toMatch(/ ERROR wine a1 calls 1-9 bad\n$/);
  });

  it('can show people more, or nothing', () => {
    make({ outputLevel: 'info' }).host.info('seen');
    make({ outputLevel: 'silent' }).host.error('unseen');
    expect(shown.join('')).toMatch(/INFO  host seen\n$/);
    expect(shown).toHaveLength(1);
  });

  it('colours levels on a terminal only', () => {
    const terminal: string[] = [];
    const before = process.env['NO_COLOR'];
    delete process.env['NO_COLOR'];
    createLog({ output: { isTTY: true, write: (text) => terminal.push(text) } }).host.error('x');
    if (before !== undefined) process.env['NO_COLOR'] = before;
    make().host.error('x');
    expect(terminal[0]).toContain('\u001b[31m');
    expect(shown[0]).not.toContain('\u001b');
  });

  it('switches levels per channel, also for speakers that exist already', () => {
    const file = join(folder, 'log.jsonl');
    const log = make({ file, levels: { host: 'warn', wine: 'error' } });
    const { wine, agent, host } = log.forAgent('a1');
    wine.warn('1');
    log.setLevel('wine', 'debug');
    wine.debug('2');
    expect(wine.enabled('debug')).toBe(true);
    expect(wine.enabled('trace')).toBe(false);
    agent.debug('3');
    host.info('4');
    log.setLevel('wine', 'silent');
    wine.error('5');
    host.error('6');
    expect(log.level('wine')).toBe('silent');
    expect(linesOf(file).map((line) => line.msg)).toEqual(['2', '6']);
    log.close();
  });

  it('keeps the last lines of each agent apart, for failures', () => {
    const log = make({ tailLines: 3, levels: { agent: 'debug' } });
    const [one, two] = [log.forAgent('a1'), log.forAgent('a2')];
    for (let n = 1; n <= 5; n++) one.agent.debug(`line ${n}`);
    two.wine.info('other');
    log.host.info('nobody');
    expect(log.tail('a1').map((line) => line.slice(13))).toEqual([
      'DEBUG agent a1 line 3',
      'DEBUG agent a1 line 4',
      'DEBUG agent a1 line 5',
    ]);
    expect(log.tail('a1', 1)).toHaveLength(1);
    expect(log.tail('a1', 0)).toEqual([]);
    expect(log.tail('a2')).toHaveLength(1);
    expect(log.tail('a3')).toEqual([]);
    log.forget('a1');
    expect(log.tail('a1')).toEqual([]);
  });

  it.each([
    ['folder is a file', () => join(folder, 'file/log.jsonl')],
    ['file is a folder', () => folder],
    ['system refuses', () => '/proc/nowhere/log.jsonl'],
  ])('warns once and carries on when the %s', (_, path) => {
    writeFileSync(join(folder, 'file'), '');
    const log = make({ file: path() });
    log.host.error('one');
    log.forAgent('a1').host.error('two');
    expect(shown).toHaveLength(3);
    expect(shown[0]).toMatch(/WARN  host The log file cannot be written, so lines go to no file from here on: E/);
    expect(shown[0]).toContain(`file=${path()}`);
    expect(log.tail('a1')).toHaveLength(1);
    log.close();
  });

  it.runIf(process.platform === 'linux')('warns once and carries on when the disk is full', () => {
    const log = make({ file: '/dev/full' });
    for (let n = 0; n < 3; n++) log.host.error('x');
    expect(shown.filter((line) => line.includes('ENOSPC'))).toHaveLength(1);
    expect(shown).toHaveLength(4);
    log.close();
  });

  it('appends to a file, and closes it without ending the log', () => {
    const file = join(folder, 'log.jsonl');
    for (const text of ['first', 'second']) {
      const log = make({ file });
      log.host.info(text);
      log.close();
      log.close();
      log.host.warn('after');
    }
    expect(linesOf(file).map((line) => line.msg)).toEqual(['first', 'second']);
    expect(shown).toHaveLength(2);
  });

  it.runIf(process.platform === 'linux')('leaves no handle and no listener behind 10,000 lines', () => {
    const state = () => [
      readdirSync('/proc/self/fd').length,
      process.listenerCount('exit'),
      process.stderr.listenerCount('error'),
    ];
    const before = state();
    const log = make({ file: join(folder, 'log.jsonl') });
    for (let n = 0; n < 10_000; n++)
      log
        .forAgent(`agent-${n % 300}`)
        .host.with({ call: n })
        .info('line');
    log.close();
    expect(state()).toEqual(before);
    expect(linesOf(join(folder, 'log.jsonl'))).toHaveLength(10_000);
    expect(log.tail('agent-99')).not.toEqual([]);
    expect(log.tail('agent-0')).toEqual([]);
  });

  it('writes an error with its stack', () => {
    const file = join(folder, 'log.jsonl');
    const log = make({ file });
    log.host.info('failed', { err: new Error('boom') });
    expect(linesOf(file)[0]).toMatchObject({
      err: { message: 'boom', stack: expect.stringContaining('boom') as string },
    });
    log.close();
  });
});
