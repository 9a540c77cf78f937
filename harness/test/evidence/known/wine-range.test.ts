import { describe, expect, it } from 'vitest';
import { inWineRange, rangesMeet, wineRange, wineVersion } from '../../../evidence/known/wine-range.ts';

describe('wineVersion', () => {
  it.each([
    ['wine-8.0 (Debian 8.0~repack-4)', '8.0.0'],
    ['10.0-rc3', '10.0.0-rc.3'],
    ['wine-9.22 (Staging)', '9.22.0'],
    ['8.0.2', '8.0.2'],
    ['wine-10.0', '10.0.0'],
  ])('reads %s', (text, version) => expect(wineVersion(text)).toBe(version));
  it('reads nothing where no version is', () => expect(wineVersion('wine-git')).toBeUndefined());
});

describe('wineRange', () => {
  it.each(['', '  ', 'wine-8.0', 'eight', '>=8.0 <', '>>8'])('refuses %j', (text) =>
    expect(wineRange(text)).toBeUndefined(),
  );

  it.each([
    ['>=8.0 <9.0', 'wine-8.0', true],
    ['>=8.0 <9.0', '8.21', true],
    ['>=8.0 <9.0', '9.0', false],
    ['>=8.0 <9.0', '9.0-rc1', false],
    ['>=9.0', '9.0-rc1', true],
    ['>=9.0-rc2', '9.0-rc1', false],
    ['>=9.0-rc2', '9.0-rc10', true],
    ['8.0', '8.0.2', true],
    ['8.0', '8.1', false],
    ['8 || 10', '10.4', true],
    ['8.0 - 8.5', '8.5.1', true],
    ['*', '7.7', true],
    ['>=8.0', 'no version', false],
  ])('%s holds for %s: %s', (range, version, holds) => {
    expect(inWineRange(version, wineRange(range) ?? 'none')).toBe(holds);
  });

  it('knows when two ranges meet', () => {
    const meet = (one: string, other: string) => rangesMeet(wineRange(one) ?? '', wineRange(other) ?? '');
    expect(meet('>=8.0 <9.0', '>=9.0')).toBe(false);
    expect(meet('>=8.0 <9.1', '>=9.0')).toBe(true);
    expect(meet('8.0', '8.0')).toBe(true);
  });
});
