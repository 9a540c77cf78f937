import { describe, expect, it } from 'vitest';
import { createLog } from '../../log/log.ts';
import { logOutputLine, parseWineLine, type WineLine } from '../../log/wine-line.ts';

const line = (parts: Partial<WineLine>): WineLine => ({
  thread: undefined,
  level: 'info',
  channel: undefined,
  function: undefined,
  text: '',
  ...parts,
});

describe('parseWineLine', () => {
  it.each([
    [
      '0024:fixme:module:LdrXxx text: more',
      line({ thread: 0x24, channel: 'module', function: 'LdrXxx', text: 'text: more' }),
    ],
    [
      '0009:err:seh:NtRaiseException Unhandled exception code c0000005 flags 0 addr 0x1',
      line({
        thread: 9,
        channel: 'seh',
        function: 'NtRaiseException',
        text: 'Unhandled exception code c0000005 flags 0 addr 0x1',
      }),
    ],
    [
      '0009:err:seh:NtRaiseException Exception frame is not in stack limits',
      line({
        thread: 9,
        level: 'error',
        channel: 'seh',
        function: 'NtRaiseException',
        text: 'Exception frame is not in stack limits',
      }),
    ],
    [
      '1234.567:0020:0024:warn:file:f x',
      line({ thread: 0x24, level: 'warn', channel: 'file', function: 'f', text: 'x' }),
    ],
    ['0020:0024:trace:heap:f ', line({ thread: 0x24, level: 'trace', channel: 'heap', function: 'f' })],
    [
      'err:module:import_dll no thread yet',
      line({ level: 'error', channel: 'module', function: 'import_dll', text: 'no thread yet' }),
    ],
    ['0024:trace:seh: no function', line({ thread: 0x24, level: 'trace', channel: 'seh', text: 'no function' })],
    [
      '00dc:Call KERNEL32.Sleep(00000001) ret=7b01',
      line({ thread: 0xdc, level: 'trace', channel: 'relay', text: 'Call KERNEL32.Sleep(00000001) ret=7b01' }),
    ],
    [
      'wine: Unhandled page fault on read access to 0000000000000000 at address 0000 (thread 0128), starting debugger...',
      line({
        thread: 0x128,
        text: 'wine: Unhandled page fault on read access to 0000000000000000 at address 0000 (thread 0128), starting debugger...',
      }),
    ],
    [
      'wine: configuration in L"/p" has been updated.',
      line({ text: 'wine: configuration in L"/p" has been updated.' }),
    ],
    [
      'wine client error:24: write: Bad file descriptor',
      line({ level: 'error', text: 'wine client error:24: write: Bad file descriptor' }),
    ],
    ['wineserver: could not save registry', line({ level: 'error', text: 'wineserver: could not save registry' })],
  ])('reads %s', (text, expected) => {
    expect(parseWineLine(text)).toEqual(expected);
  });

  it.each([
    '',
    'hello',
    'Error: Cannot find module',
    'err: x',
    'winery: x',
    '12:34 Call me',
    'fixme later',
    'note:fixme:a:b c',
    'Unhandled exception',
  ])('leaves %j to the agent', (text) => {
    expect(parseWineLine(text)).toBeUndefined();
  });
});

describe('logOutputLine', () => {
  it('sends Wine its own lines and the agent the rest', () => {
    const log = createLog({ output: { write: () => undefined } });
    const agent = log.forAgent('a1');
    logOutputLine(agent, '0024:err:module:import_dll Library x.dll not found');
    logOutputLine(agent, 'printed by the DLL');
    expect(log.tail('a1').map((text) => text.slice(13))).toEqual([
      'ERROR wine a1 Library x.dll not found thread=36 wineChannel=module function=import_dll',
      'INFO  agent a1 printed by the DLL',
    ]);
  });
});
