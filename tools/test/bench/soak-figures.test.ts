import { expect, it } from 'vitest';
import { type Figures, growth } from '../../bench/soak-figures.ts';

const STEADY: Figures = {
  hostMebibytes: 130,
  agentMebibytes: 140,
  openFiles: 37,
  processes: 11,
  folders: 2,
};

function series(change: (index: number) => Partial<Figures>): Figures[] {
  return Array.from({ length: 12 }, (_, index) => ({ ...STEADY, ...change(index) }));
}

it('what goes up and down has not grown', () => {
  expect(growth(series((index) => ({ hostMebibytes: 130 + (index % 2) * 30, processes: 11 + (index % 3) })))).toEqual(
    [],
  );
});

it('what is large before everything was done once has not grown', () => {
  expect(growth(series((index) => (index < 3 ? { hostMebibytes: 60, folders: 0 } : {})))).toEqual([]);
});

it('what grows is named, with its figures', () => {
  expect(growth(series((index) => ({ openFiles: 37 + index })))).toEqual([
    'openFiles grew from 41.0 to 47.0, and may by 3',
  ]);
  expect(growth(series((index) => ({ folders: index < 8 ? 2 : 3 })))).toEqual([
    'folders grew from 2.0 to 3.0, and may by 0',
  ]);
  expect(growth(series((index) => ({ hostMebibytes: 130 + 8 * index })))).toHaveLength(1);
});
