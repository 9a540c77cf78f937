// The same questions to koffi in Windows Node and to the drop-in here: every answer has to be the same.
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import * as koffi from '../../koffi.ts';
import { installation } from '../reference-dlls.ts';
import { askGuest } from './parity/guest.ts';
import { type Answers, ask, type Koffi } from './parity/record.ts';
import { specs } from './parity/specs.ts';

const dll = join(installation.referenceDlls, 'koffi_parity.dll');

describe('dllparity/koffi answers as koffi on Windows does', () => {
  let windows: Answers;

  beforeAll(async () => {
    windows = await askGuest(installation, dll, Object.keys(specs));
  }, 300_000);

  test.each(Object.entries(specs))('%s', async (name, spec) => {
    koffi.reset();
    const here = await ask(koffi as unknown as Koffi, dll, name, spec);
    const expected = Object.fromEntries(Object.entries(windows).filter(([id]) => id.startsWith(`${name}: `)));
    expect(here).toEqual(expected);
  });

  test('many questions were asked', () => {
    expect(Object.keys(windows).length).toBeGreaterThan(2000);
  });
});
