import type { Agent } from '../../calls/agent/agent.ts';
import { library } from '../../types/declare/library.ts';
import { DllparityError } from '../../base/errors.ts';

const kernel32 = library('kernel32.dll', {
  isPresent: 'int __stdcall IsProcessorFeaturePresent(unsigned feature)',
});

/** Numbers of winnt.h (PF_XMMI64_INSTRUCTIONS_AVAILABLE and on) by what Linux calls the features. */
const FEATURES = { sse2: 10, ssse3: 36, sse4_1: 37, sse4_2: 38, avx: 39, avx2: 40 } as const;

/**
 * Makes sure that the runtime says of the processor what is so: Microsoft's code asks, and takes other code where a feature is missing.
 * Throws ORACLE_REFUSED.
 * @param present the features that the processor has
 */
export function verifyProcessor(agent: Agent, present: readonly string[]): void {
  const { isPresent } = agent.load(kernel32);
  const wrong = Object.entries(FEATURES)
    .map(([name, number]) => ({ name, isTold: isPresent(number) !== 0, isThere: present.includes(name) }))
    .filter(({ isTold, isThere }) => isTold !== isThere);
  if (wrong.length === 0) return;
  throw new DllparityError('ORACLE_REFUSED', {
    what: `IsProcessorFeaturePresent on ${agent.runtime} does not say what the processor has, so Microsoft's code would not do what it does on Windows`,
    details: wrong.map(({ name, isThere }) =>
      isThere ? `${name}: there, and said to be missing` : `${name}: missing, and said to be there`,
    ),
    hint: 'Record on another runtime.',
  });
}
