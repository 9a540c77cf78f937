import { expect, test } from 'vitest';
import { isOwnProgram } from '../../../machines/linux/processes.ts';

const words = (...all: string[]): string => all.map((word) => `${word}\0`).join('');

test.each([
  ['Wine’s server', words('/usr/lib/wine/wineserver64', '-p')],
  ['a service of Wine', words('C:\\windows\\system32\\services.exe')],
  ['the supervisor', words('sh', '-c', 'script', 'dllparity-supervisor').replace(/^/, 'x\0')],
])('%s is none of the DLL’s', (_, commandLine) => {
  expect(isOwnProgram(commandLine)).toBe(true);
});

test.each([
  ['a shell', words('sh', '-c', 'sleep 5')],
  ['a program that moves something', words('mv', '/tmp/a', '/tmp/b')],
  ['a program of Windows', words('C:\\windows\\system32\\ping.exe', '-n', '30', '127.0.0.1')],
])('%s is the DLL’s', (_, commandLine) => {
  expect(isOwnProgram(commandLine)).toBe(false);
});
