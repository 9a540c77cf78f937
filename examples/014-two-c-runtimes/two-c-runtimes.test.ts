// Microsoft's C runtime and Wine's, side by side in one test. Two agents: a process can load only one of them.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Agent, as, bootAgent, expect, fc, library, test as base } from 'dllparity';

const crt = library('msvcr120.dll', {
  sin: 'double sin(double x)',
  sqrt: 'double sqrt(double x)',
  strtol: 'long strtol(const char *string, _Out_ char **end, int base)',
  _snprintf: 'int _snprintf(_Out_writes_(count) char *buffer, size_t count, const char *format, ...)',
});

/** Where the set-up for recording puts Microsoft's DLL: node setup/setup.mjs --for record */
const GENUINE = 'edge-5.9.2/x64/msvcr120.dll';

// `agent` has Wine's DLL, the builtin. Of the other one this file takes care itself.
const test = base.extend('genuine', { scope: 'file' }, async ({ agent }, { onCleanup }) => {
  const { oracles, architecture, id } = agent.installation;
  const file = join(oracles, GENUINE);
  if (architecture !== 'x64' || !existsSync(file)) return undefined;
  const genuine = await bootAgent({ runtime: id, dllOverrides: { msvcr120: 'native' } });
  onCleanup(() => genuine.close());
  genuine.load(crt, file);
  return genuine;
});
const REASON = 'Microsoft’s msvcr120.dll is there for x64 only, and once `npm run record` has fetched it';

function print(agent: Agent, format: string, value: number): string {
  const buffer = Buffer.alloc(64);
  const length = agent.load(crt)._snprintf(buffer, buffer.length, format, as(value, 'double'));
  return buffer.toString('latin1', 0, length);
}

test('each agent has its own DLL', ({ agent, genuine, skip }) => {
  if (!genuine) return skip(REASON);
  agent.load(crt);
  expect(agent.pathOf(crt)).toMatch(/^C:\\windows\\system32\\msvcr120\.dll$/i);
  expect(genuine.pathOf(crt)).toMatch(/^Z:.*\\edge-5\.9\.2\\x64\\msvcr120\.dll$/);
});

test('both agree on most things', ({ agent, genuine, skip }) => {
  if (!genuine) return skip(REASON);
  const [theirs, ours] = [genuine.load(crt), agent.load(crt)];
  fc.assert(fc.property(fc.double({ min: 0 }), (x) => Object.is(theirs.sqrt(x), ours.sqrt(x))));
  const text = fc.string({ unit: fc.constantFrom('0', '7', 'f', 'x', '-', '+', ' '), maxLength: 12 });
  fc.assert(fc.property(text, (text) => theirs.strtol(text, [null], 0) === ours.strtol(text, [null], 0)));
});

test('printf of Microsoft stops after 17 digits, and that of Wine does not', ({ agent, genuine, skip }) => {
  if (!genuine) return skip(REASON);
  expect(print(genuine, '%.20e', 1 / 3)).toBe('3.33333333333333310000e-001');
  expect(print(agent, '%.20e', 1 / 3)).toBe('3.33333333333333314830e-001');
});

test('sin differs in the last bit, for some arguments', ({ agent, genuine, skip }) => {
  if (!genuine) return skip(REASON);
  const x = Math.PI / 4;
  expect([genuine.load(crt).sin(x), agent.load(crt).sin(x)]).toEqual([0.7071067811865476, 0.7071067811865475]);
});
