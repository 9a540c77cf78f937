// What `environment` sets is what DLLs and their C runtimes find, whatever Windows or Node makes of the name.
import { mkdtempSync, copyFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Agent, expect, library, test } from 'dllparity';
import { bootForWorker } from '../../../vitest/fixtures/test.ts';
import { state } from '../../dlls/state.ts';
import { referenceDll } from '../../reference-dlls.ts';

const crt = (dll: string) => library(dll, { getenv: 'const char *getenv(const char *name)' });
const kernel32 = library(
  'kernel32.dll',
  { load: 'void *LoadLibraryA(const char *name)', temporary: 'unsigned GetTempPathA(unsigned room, _Out_writes_z_(room) char *path)' },
  { convention: 'stdcall' },
); // prettier-ignore

function variable(agent: Agent, name: string): string {
  const value = new Uint16Array(300);
  const length = agent.load(state).readVariable(name, value, value.length);
  return Buffer.from(value.buffer).toString('utf16le', 0, 2 * length);
}

test('variables of every kind are there for the DLL and its C runtime, in the next process too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dllparity-environment-'));
  try {
    copyFileSync(referenceDll('imported.dll'), join(folder, 'imported.dll'));
    const path = `Z:${folder.replaceAll('/', '\\')}`;
    const environment = {
      PATH: `${path};C:\\windows\\system32`,
      TEMP: 'C:\\windows\\temp\\own',
      TMP: 'C:\\windows\\temp\\own',
      USERNAME: 'somebody',
      NODE_OPTIONS: '--not-for-node',
      LD_PRELOAD: 'not for Linux',
      GREETING: 'gr\u00fc\u00dfe \u6771',
      TZ: 'UTC',
    };
    await using agent = await bootForWorker({ folders: [folder], environment });
    for (let process = 0; process < 2; process++) {
      for (const [name, value] of Object.entries(environment)) expect(variable(agent, name), name).toBe(value);
      for (const dll of ['msvcrt.dll', 'ucrtbase.dll']) {
        const { getenv } = agent.load(crt(dll));
        for (const name of ['PATH', 'TEMP', 'USERNAME']) expect(getenv(name), `${dll} ${name}`).toBe(environment[name as 'PATH']);
      }
      // What Windows makes of them.
      expect(agent.load(kernel32).load('imported.dll')).not.toBeNull();
      const temporary = Buffer.alloc(300);
      const length = agent.load(kernel32).temporary(300, temporary);
      expect(temporary.toString('latin1', 0, length)).toBe('C:\\windows\\temp\\own\\');
      agent.renew();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}); // prettier-ignore
