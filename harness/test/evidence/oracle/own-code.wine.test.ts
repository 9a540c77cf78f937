import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'vitest';
import { expect, library, microsoftDll, test } from '../../../index.ts';
import { bootAgent } from '../../../calls/agent/boot-agent.ts';
import { declaration } from '../../../types/declare/library.ts';
import { recordingAgent } from '../../../evidence/suites/recording-agent.ts';
import { verifyProcessor } from '../../../evidence/suites/recording-processor.ts';
import { verifyCodeInMemory } from '../../../evidence/oracle/code-in-memory.ts';
import { verifyOwnCode } from '../../../evidence/oracle/own-code.ts';
import { verifyOracle } from '../../../evidence/oracle/verify-oracle.ts';
import { currentHost } from '../../../machines/current-host.ts';

const PINS = {
  x64: 'ad32240bb1de55c3f5fcac8789f583a17057f9d14914c538c2a7a5ad346b341c',
  ia32: '86e39b5995af0e042fcdaa85fe2aefd7c9ddc7ad65e6327bd5e7058bc3ab615f',
};
const crt = library('msvcr120.dll', {
  abs: 'int abs(int n)',
  tan: 'double tan(double x)',
  strtol: 'int strtol(const char *text, char **end, int base)',
});
const kernel = library('kernel32.dll', { GetTickCount: 'DWORD GetTickCount(void)' });

describe("Microsoft's DLL", () => {
  test('is told from Wine by its code in memory, moved by the loader or not', async ({ agent, skip }) => {
    const { architecture, oracles } = agent.installation;
    const file = join(oracles, 'edge-5.9.2', architecture, 'msvcr120.dll');
    if (!existsSync(file)) skip('the oracle is not on this machine');
    await using genuine = await bootAgent({ runtime: agent.runtime, dllOverrides: { msvcr120: 'native' } });
    genuine.load(crt, file);
    const read = (offset: number, bytes: number): Uint8Array | undefined => genuine.readModule(crt, offset, bytes);
    verifyCodeInMemory(file, read);
    const hooked = (offset: number, bytes: number): Uint8Array | undefined => {
      const found = read(offset, bytes);
      if (found) found[0x1234]! ^= 1;
      return found;
    };
    expect(() => verifyCodeInMemory(file, hooked)).toThrow(/the code in memory is not the code of the file/);
    agent.load(crt);
    expect(() => verifyCodeInMemory(file, (offset, bytes) => agent.readModule(crt, offset, bytes))).toThrow(
      /the code in memory is not the code of the file/,
    );
  });

  test('vouches for its own architecture alone', ({ agent, skip }) => {
    const { architecture, oracles } = agent.installation;
    const other = architecture === 'x64' ? 'ia32' : 'x64';
    const pin = (file: string): ReturnType<typeof microsoftDll> =>
      microsoftDll({ architecture, source: 'a test', file: `edge-5.9.2/${file}/msvcr120.dll`, fileVersion: '12.0.21005.1', sha256: PINS[file as 'x64'] }); // prettier-ignore
    if (!existsSync(join(oracles, 'edge-5.9.2', 'ia32'))) skip('the oracle is not on this machine');
    expect(verifyOracle(pin(architecture), oracles).sha256).toBe(PINS[architecture]);
    expect(() => verifyOracle(pin(other), oracles)).toThrow(`the file is for ${other}, and the suite pins one for`);
  });
});

describe("Microsoft's DLL, as on Windows", () => {
  test('takes the code for the processor that there is, and ends at once for an invalid parameter', async ({
    agent,
    skip,
  }) => {
    const { architecture, oracles } = agent.installation;
    const file = join(oracles, 'edge-5.9.2', architecture, 'msvcr120.dll');
    if (!existsSync(file)) skip('the oracle is not on this machine');
    await using genuine = await bootAgent({ runtime: agent.runtime, dllOverrides: { msvcr120: 'native' } });
    const { tan, strtol } = genuine.load(crt, file);
    expect(tan(Math.PI), 'the x87 has a pi of 66 bits').toBe(-1.2246467991473532e-16);
    expect(strtol.outcome(null, null, 10)).toMatchObject({ kind: 'exited', code: 0xc0000409 });
  });
});

describe('while a suite is recorded', () => {
  test('a runtime is refused that does not say what the processor has', ({ agent }) => {
    const { features } = currentHost().cpu();
    expect(() => {
      verifyProcessor(agent, features);
    }).not.toThrow();
    expect(() => {
      verifyProcessor(
        agent,
        features.filter((name) => name !== 'sse2'),
      );
    }).toThrow(/does not say what the processor has.*ORACLE_REFUSED.*sse2: missing, and said to be there/s);
  });

  test('its script cannot load another library', ({ agent }) => {
    const given = recordingAgent(agent, crt[declaration]);
    expect(given.load(crt).abs(-3)).toBe(3);
    expect(given.pointerBytes).toBe(agent.pointerBytes);
    expect(() => given.load(kernel)).toThrow(/the script of a suite of msvcr120.dll calls kernel32.dll too/);
  });

  test('a function that is forwarded to another DLL is refused', ({ agent }) => {
    const folder = agent.installation.architecture === 'x64' ? 'system32' : 'syswow64';
    const file = join(agent.installation.template, 'drive_c', 'windows', folder, 'kernel32.dll');
    verifyOwnCode(file, ['GetTickCount']);
    expect(() => verifyOwnCode(file, ['HeapAlloc'])).toThrow(/HeapAlloc is not code of this file: it is forwarded to RtlAllocateHeap/);
  }); // prettier-ignore
});
