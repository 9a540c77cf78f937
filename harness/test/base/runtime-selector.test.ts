import { describe, expect, it } from 'vitest';
import {
  distributionRange,
  inVersionRange,
  type RuntimeSelector,
  type SelectableRuntime,
  selects,
  selectorsMeet,
  versionOf,
  versionRange,
} from '../../base/runtime-selector.ts';

describe('versionOf', () => {
  it.each([
    ['wine-8.0 (Debian 8.0~repack-4)', '8.0.0'],
    ['10.0-rc3', '10.0.0-rc.3'],
    ['wine-9.22 (Staging)', '9.22.0'],
    ['8.0.2', '8.0.2'],
    ['wine-10.0', '10.0.0'],
  ])('reads %s', (text, version) => expect(versionOf(text)).toBe(version));
  it('reads nothing where no version is', () => expect(versionOf('wine-git')).toBeUndefined());
});

describe('versionRange', () => {
  it.each(['', '  ', 'wine-8.0', 'eight', '>=8.0 <', '>>8', '>=9.0 <8.0', '>8.0 <8.0'])('refuses %j', (text) =>
    expect(versionRange(text)).toBeUndefined(),
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
    expect(inVersionRange(version, versionRange(range) ?? 'none')).toBe(holds);
  });

  it('knows when two ranges meet', () => {
    const meet = (one: string, other: string) =>
      selectorsMeet({ kind: 'wine', versions: versionRange(one) }, { kind: 'wine', versions: versionRange(other) });
    expect(meet('>=8.0 <9.0', '>=9.0')).toBe(false);
    expect(meet('>=8.0 <9.1', '>=9.0')).toBe(true);
    expect(meet('8.0', '8.0')).toBe(true);
  });
});

describe('a selector of runtimes', () => {
  const bookworm: SelectableRuntime = { kind: 'wine', version: '8.0', architecture: 'x64', distribution: 'debian 12' };
  const select = (selector: Omit<RuntimeSelector, 'kind'>, runtime = bookworm): boolean =>
    selects({ kind: 'wine', ...selector }, runtime);

  it('holds for what it does not leave out', () => {
    expect(select({})).toBe(true);
    expect(select({ versions: versionRange('>=9') })).toBe(false);
    expect(select({ architecture: 'ia32' })).toBe(false);
    expect(select({ versions: versionRange('8'), distribution: distributionRange('debian 12') })).toBe(true);
  });

  it.each([
    ['debian 12', 'debian 12', true],
    ['Debian 12', 'debian 12', true],
    ['debian', 'debian 12', true],
    ['debian', 'debian', true],
    ['debian 12', 'debian', false],
    ['debian >=13', 'debian 12', false],
    ['ubuntu >=22.04 <24.04', 'ubuntu 22.10', true],
    ['ubuntu >=22.04 <24.04', 'ubuntu 24.04', false],
    ['ubuntu 24.04', 'ubuntu 24.04', true],
    ['debian 12', undefined, false],
  ])('with %j on %j: %s', (written, distribution, holds) => {
    expect(select({ distribution: distributionRange(written) }, { ...bookworm, distribution })).toBe(holds);
  });

  it.each(['', '12', '>=12', 'debian >=13 <12', 'debian twelve'])('has no distribution %j', (written) => {
    expect(distributionRange(written)).toBeUndefined();
  });

  it('tells Windows by its build, and from Wine', () => {
    const april: SelectableRuntime = { kind: 'windows', version: '10.0.17134', architecture: 'x64' };
    const since = (versions: string): boolean => selects({ kind: 'windows', versions: versionRange(versions) }, april);
    expect([since('>=10.0.17134'), since('>=10.0.17763'), select({}, april)]).toEqual([true, false, false]);
  });

  it('meets another one where a runtime can be both', () => {
    const meet = (one: Omit<RuntimeSelector, 'kind'>, other: Omit<RuntimeSelector, 'kind'>): boolean =>
      selectorsMeet({ kind: 'wine', ...one }, { kind: 'wine', ...other });
    const on = (written: string): Omit<RuntimeSelector, 'kind'> => ({ distribution: distributionRange(written) });
    expect(meet({}, on('debian 12'))).toBe(true);
    expect(meet(on('debian 12'), on('debian 13'))).toBe(false);
    expect(meet(on('debian 12'), on('ubuntu'))).toBe(false);
    expect(meet(on('debian >=12'), on('debian 13'))).toBe(true);
    expect(meet({ architecture: 'x64' }, { architecture: 'ia32' })).toBe(false);
    expect(selectorsMeet({ kind: 'wine' }, { kind: 'windows' })).toBe(false);
  });
});
