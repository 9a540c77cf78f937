// Microsoft's code chooses FMA3 instructions where the processor has them. These suites switch them off, so that a
// difference in the last bit can be told from one that only the processor makes.
import { conformance, fc } from 'dllparity';
import { magnitudes, within } from './numbers.ts';
import type { C99Runtime } from './runtimes.ts';

export function fma3Suites(crt: C99Runtime): void {
  for (const name of ['sin', 'cos', 'tan', 'exp'] as const) {
    conformance(`${name} (FMA3 off)`, crt, {
      input: name === 'exp' ? within(-745, 710) : fc.oneof(within(-10, 10), within(-1e6, 1e6), magnitudes(-30, 40)),
      runs: 120,
      architectures: ['x64'],
      script: (loaded, x) => {
        loaded._set_FMA3_enable(0);
        const result = loaded[name](x);
        loaded._set_FMA3_enable(1);
        return { result };
      },
    });
  }
}
