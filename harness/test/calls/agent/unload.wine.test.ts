import { describe, expect, library, test } from 'dllparity';
import { referenceDll } from '../../reference-dlls.ts';

const counted = library(referenceDll('misbehave.dll'), { countUp: 'int count_up(void)' });

describe('a DLL that is unloaded', () => {
  test('cannot be called until it is loaded again, and then starts anew', async ({ agentFor }) => {
    const agent = await agentFor({ callTimeoutMs: 9000 }); // An agent of its own: the others load this DLL too.
    const { countUp } = agent.load(counted);
    expect([countUp(), countUp()]).toEqual([1, 2]);
    agent.unload(counted);
    agent.unload(counted);
    expect(countUp.outcome()).toMatchObject({ kind: 'not-callable', reason: 'misbehave.dll was unloaded' });
    expect(() => countUp()).toThrow(/was unloaded/);
    expect(agent.load(counted).countUp).toBe(countUp);
    expect(countUp()).toBe(1);
  });
});
