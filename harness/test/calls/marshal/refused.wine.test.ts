// Each refusal that docs/guides/from-ctypes-and-koffi.md lists is provoked here, and has the code and the message that stand there.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Agent, as, expect, isDllparityError, library, test } from 'dllparity';
import { packageRoot } from '../../../base/package-root.ts';
import { documentedErrors, messagePattern } from '../../base/documented-errors.ts';
import { makeAssembly } from '../../dotnet-assembly.ts';
import { calls, installation, referenceDlls } from '../../reference-dlls.ts';

/** A declaration that nobody loads. */
const declaring = (prototype: string) => () => library('never-loaded.dll', { refused: prototype });

/** By the first column of the table. */
const PROVOCATIONS: Readonly<Record<string, (agent: Agent) => unknown>> = {
  '`long double`': declaring('long double refused(int value)'),
  '`__vectorcall`': declaring('int __vectorcall refused(int value)'),
  '`__m128` and other vectors': declaring('__m128 refused(int value)'),
  '`_Float16`, `half`': declaring('_Float16 refused(int value)'),
  'C++ references in prototypes': declaring('int refused(int &value)'),
  "C++ classes by value, virtual tables other than COM's": declaring('int refused(std::string value)'),
  '.NET assemblies, C++/CLI among them': (agent) => {
    const folder = mkdtempSync(join(tmpdir(), 'dllparity-refused-'));
    try {
      return agent.load(library(makeAssembly(folder), { main: 'int Main(void)' }));
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  'asynchronous variadic calls': (agent) =>
    agent
      .load(library(join(referenceDlls, 'basics.dll'), { sum: 'int sum_variadic(int count, ...)' }))
      .sum.async(1, as(1, 'int')),
  'a promise from a callback': (agent) => agent.load(calls).callInt32((() => Promise.resolve(1)) as never, 1),
  'a string for `char *`': (agent) =>
    agent
      .load(library(join(referenceDlls, 'basics.dll'), { upper: 'void upper_in_place(char *text)' }))
      .upper('text' as never),
  'a callback, text or memory through `Pointer.write`': (agent) => {
    using room = agent.buffer(8);
    room.pointer.write('const char *', 'text');
  },
  'a DLL for another architecture': (agent) => {
    const other = installation.architecture === 'x64' ? 'ia32' : 'x64';
    // Built on every machine; most reference DLLs are there for the architectures of the installed runtimes alone.
    const dll = join(packageRoot, 'build', 'native', 'search-order', other, 'variant.dll');
    return agent.load(library(dll, { add: 'int add(int a, int b)' }));
  },
};

async function thrownBy(provoke: () => unknown): Promise<unknown> {
  try {
    await provoke();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

const rows = documentedErrors('guides/from-ctypes-and-koffi.md');

test('docs/guides/from-ctypes-and-koffi.md lists what is provoked here, in this order', () => {
  expect(rows.map(({ what }) => what)).toEqual(Object.keys(PROVOCATIONS));
});

test.for(rows)('$what: $error', async ({ what, error, message }, { agent }) => {
  const thrown = await thrownBy(() => PROVOCATIONS[what]?.(agent));
  if (!isDllparityError(thrown)) throw thrown;
  expect(thrown.code).toBe(error);
  expect(thrown.message.split('\n')[0]).toMatch(messagePattern(`${message} [${error}]`));
});
