// stdlib.h: paths.
import { fc, outBuffer } from 'dllparity';
import { functionSuites } from './function-suites.ts';
import type { Library } from 'dllparity/agent';
import { over } from './texts.ts';

const path = over('ab.\\/ :', 10);

export function pathSuites(crt: Library): void {
  const suite = functionSuites(crt);
  for (const name of ['_splitpath', '_wsplitpath'])
    suite(name, {
      args: path.chain((text) =>
        fc.tuple(fc.constant(text), ...[4, 16, 16, 16].map((size) => fc.constant(outBuffer(size)))),
      ),
      runs: 200,
    });
  for (const name of ['_makepath', '_wmakepath'])
    suite(name, {
      args: fc.tuple(fc.constant(outBuffer(48)), over('cC:', 2), over('ab\\/.', 6), over('ab.', 6), over('.ex', 4)),
      runs: 200,
    });
}
