import { describe, expect, it } from 'vitest';
import { isDllparityError } from '../../base/errors.ts';
import { chosenRuntimes } from '../../machines/chosen-runtimes.ts';
import { listRuntimes } from '../../machines/installation.ts';

const { installed } = listRuntimes();
const [first = ''] = installed;

describe('the runtimes of a run', () => {
  it('are those that are named, each once, in that order', () => {
    const backwards = [...installed].reverse();
    expect(chosenRuntimes({ runtime: undefined, runtimes: [...backwards, first] })).toEqual(backwards);
  });

  it('are all of this machine, if that is asked for', () => {
    expect(chosenRuntimes({ runtime: undefined, runtimes: ['all'] })).toEqual(installed);
    expect(chosenRuntimes({ runtime: undefined, runtimes: [first, 'all'] })).toEqual(installed);
  });

  it('give way to one that is chosen for this run', () => {
    expect(chosenRuntimes({ runtime: first, runtimes: ['all'] })).toBeUndefined();
    expect(chosenRuntimes({ runtime: undefined, runtimes: undefined })).toBeUndefined();
  });

  it('must be installed', () => {
    const choose = (): unknown => chosenRuntimes({ runtime: undefined, runtimes: [first, 'wine-1.0-x64'] });
    expect(choose).toThrow(expect.toSatisfy((error) => isDllparityError(error, 'RUNTIME_NOT_INSTALLED')));
  });
});
