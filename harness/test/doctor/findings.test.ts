import { describe, expect, it } from 'vitest';
import { nodeVersion, processors, temporarySpace } from '../../doctor/examine-host.ts';
import { findingOf, sandboxFindings } from '../../doctor/examine-runtimes.ts';

describe('what is found of the host', () => {
  it.each([
    ['20.19.0', 'ok'],
    ['22.1.0', 'ok'],
    ['20.18.9', 'broken'],
    ['18.20.0', 'broken'],
  ])('Node %s is %s', (version, state) => {
    expect(nodeVersion(version).state).toBe(state);
  });

  it('one processor is enough, and slow', () => {
    expect(processors(1).state).toBe('limited');
    expect(processors(2)).toMatchObject({ state: 'ok', next: null });
  });

  it('a full disk is told with its figures and what to do', () => {
    expect(temporarySpace('/tmp', 12_000_000)).toMatchObject({
      state: 'broken',
      text: '12 MB free in /tmp',
      next: 'Make room until 500 MB are free, or set TMPDIR to a folder on a larger disk.',
    });
    expect(temporarySpace('/tmp', 5e9).state).toBe('ok');
  });
});

describe('what is found of a runtime that cannot be used', () => {
  const runtime = { id: 'wine-10.0-ia32', isDefault: false, wineBuild: null, distribution: null, why: 'it is so' };

  it('one that is incomplete is broken, and the set-up mends it', () => {
    const finding = findingOf({ ...runtime, state: 'incomplete', command: 'npm run setup' });
    expect(finding).toMatchObject({
      state: 'broken',
      text: 'it is so',
      next: 'Run `npm run setup`.',
      isMendedBySetup: true,
    });
  });

  it('one that is not installed, or impossible, is a limit that the set-up alone does not change', () => {
    const addable = findingOf({ ...runtime, state: 'not-installed', command: 'npm run setup -- --wine 10' });
    expect(addable).toMatchObject({ state: 'limited', isMendedBySetup: false });
    expect(addable.next).toContain('`npm run setup -- --wine 10`');
    expect(findingOf({ ...runtime, state: 'impossible', command: null })).toMatchObject({
      state: 'limited',
      next: null,
    });
  });
});

describe('what is found of the sandbox', () => {
  const limits = { memoryBytes: 1, processes: 1, diskBytes: 1 };

  it('is ok where all is there', () => {
    const findings = sandboxFindings({ sandbox: true, reason: null, clone: 'overlay', limits });
    expect(findings.map(({ state }) => state)).toEqual(['ok', 'ok', 'ok']);
  });

  it('names the reason, and the limits that are not enforced', () => {
    const findings = sandboxFindings({ sandbox: false, reason: 'bwrap: no namespaces', clone: 'copy', limits: {} });
    expect(findings.map(({ state }) => state)).toEqual(['limited', 'limited', 'limited']);
    expect(findings[0]?.text).toContain('bwrap: no namespaces');
    expect(findings[2]?.text).toBe('not enforced here: memoryBytes, processes, diskBytes');
  });

  it('one that the configuration has switched off needs nothing', () => {
    expect(sandboxFindings({ sandbox: false, reason: null, clone: 'overlay', limits })[0]?.next).toBeNull();
  });
});
