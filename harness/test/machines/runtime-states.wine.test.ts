import { expect, test } from 'vitest';
import { listRuntimes, readInstallation } from '../../machines/installation.ts';
import { runtimeStates, stateOf } from '../../machines/runtime-states.ts';

test('every runtime that is installed is usable, and the first is the default', () => {
  const installed = runtimeStates().slice(0, listRuntimes().installed.length);
  expect(installed.map(({ id }) => id)).toEqual(listRuntimes().installed);
  for (const [index, state] of installed.entries()) {
    expect(state).toMatchObject({ state: 'usable', isDefault: index === 0, why: null, command: null });
    expect(state.wineBuild).toMatch(/^wine-\d/);
  }
});

test('the others say why they are not usable, and what would change it', () => {
  const { installed, notInstalled, cannotRun } = listRuntimes();
  const others = runtimeStates().slice(installed.length);
  expect(others.map(({ id, why, command }) => ({ id, why, command }))).toEqual([
    ...notInstalled.map(({ id, command }) => ({ id, why: 'it is not installed', command })),
    ...cannotRun.map(({ id, why }) => ({ id, why, command: null })),
  ]);
});

test.each(['template', 'agentProgram', 'wine'] as const)('one whose %s was removed is incomplete', (part) => {
  const state = stateOf({ ...readInstallation(), [part]: '/nowhere/at-all' }, false);
  expect(state).toMatchObject({ state: 'incomplete', isDefault: false, why: '/nowhere/at-all is gone' });
  expect(state.command).toMatch(/setup/);
});
