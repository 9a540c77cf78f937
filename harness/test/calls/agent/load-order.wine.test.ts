import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, library, test } from 'dllparity';
import { bootForWorker } from '../../../vitest/fixtures/test.ts';
import { referenceDll } from '../../reference-dlls.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dllparity-order-'));
  // A DLL of ours under the name of one of Wine's.
  copyFileSync(referenceDll('basics.dll'), join(folder, 'version.dll'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const declare = () => library(join(folder, 'version.dll'), { add: 'int add(int a, int b)' });

describe('a file with the name of a DLL of Wine', () => {
  test('is never silently replaced by it', async () => {
    await using agent = await bootForWorker({ folders: [folder] });
    expect(() => agent.load(declare())).toThrow(/Wine took its own version\.dll in place of Z:.*DLL_LOAD_FAILED/s);
  });

  test('is loaded where the load order says so', async () => {
    await using agent = await bootForWorker({ folders: [folder], dllOverrides: { version: 'native,builtin' } });
    expect(agent.load(declare()).add(20, 22)).toBe(42);
  });

  test('is replaced by it where the load order says so', async () => {
    await using agent = await bootForWorker({ folders: [folder], dllOverrides: { version: 'builtin' } });
    expect(agent.load(declare()).add.outcome(1, 1).kind).toBe('not-callable');
  });
});
