import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CaseVerdicts } from '../case-verdicts.ts';

test('every case has its verdict, whatever its id, and others have none', () => {
  const ids = fc.uniqueArray(fc.string({ unit: 'binary' }), { minLength: 1 });
  const verdict = fc.constantFrom('match', 'divergence', 'fault');
  fc.assert(
    fc.property(ids, fc.array(verdict, { minLength: 100, maxLength: 100 }), (all, verdicts) => {
      const known = new CaseVerdicts();
      const last = all.pop() ?? '';
      all.forEach((id, index) => known.set(id, verdicts[index] ?? 'match'));
      expect(known.get(last)).toBeNull();
      all.forEach((id, index) => expect(known.get(id)).toBe(verdicts[index] ?? 'match'));
      known.set(last, 'match');
      expect(known.get(last)).toBe('match');
    }),
  );
});

test('many subjects are asked in turn', () => {
  const all = Array.from({ length: 40 }, (_, index) => {
    const verdicts = new CaseVerdicts();
    for (let id = 0; id < 9000; id++) verdicts.set(`${String(index)}-${String(id)}`, 'match');
    return verdicts;
  });
  for (const id of [0, 8999]) {
    all.forEach((verdicts, index) => expect(verdicts.get(`${String(index)}-${String(id)}`)).toBe('match'));
    expect(all[0]?.get(`1-${String(id)}`)).toBeNull();
  }
});
