import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CompactIds } from '../../../evidence/regressions/compact-ids.ts';

it('gives back every id once, whatever is in it', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (all) => {
      const ids = new CompactIds();
      for (const id of all) ids.add(id);
      expect([...ids.toSet()]).toEqual([...new Set(all)]);
      expect(ids.size).toBe(all.length);
    }),
  );
});

it('puts away more than a block', () => {
  const ids = new CompactIds();
  for (let id = 0; id < 20_000; id++) ids.add(`case ${id.toString()}`);
  expect(ids.toSet().size).toBe(20_000);
  expect(ids.toSet().has('case 19999')).toBe(true);
});
