import { expect, library, test } from 'dllparity';
import { referenceDll } from '../../reference-dlls.ts';

const callbacks = library(referenceDll('callbacks.dll'), {
  deepen: 'int deepen(int depth, int (*callback)(int depth))',
});

test('callbacks nest 64 deep, and one that is deeper is an error and no silent 0', ({ load }) => {
  const { deepen } = load(callbacks);
  const deeper = (depth: number): number => deepen(depth, deeper);
  expect(deepen(64, deeper)).toBe(64);
  expect(() => deepen(66, deeper)).toThrow(/nested too deeply.*limit 64 callbacks/);
  expect(deepen(64, deeper)).toBe(64);
});
