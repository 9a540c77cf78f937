// How much of the tests is run on which runtime. Every file is on the default one, which comes first. On each of the others a run
// for a change does without what says the same there, and on all it takes one of several variants; the nightly run has everything on all.

/** `DLLPARITY_TESTS=all`: everything on every runtime, in every variant. */
const EXTENT = 'DLLPARITY_TESTS';

/** Whether this run has every variant of a test: every way into a fault, every signal at every moment. */
export const hasAllVariants = process.env[EXTENT] === 'all';

interface OnlyDefault {
  readonly why: string;
  readonly files: readonly string[];
}

/** What runs on the default runtime alone, unless all is asked for. Calls, types, DLLs, the sandbox and each kind of fault stay. */
export const onlyOnDefault: readonly OnlyDefault[] = [
  {
    why: 'The host decides: it asks agents for outcomes, whose look on each runtime the tests of faults and calls see to.',
    files: [
      'harness/test/evidence/suites/confirm-cases.wine.test.ts',
      'harness/test/loader/command.wine.test.ts',
      'harness/test/loader/run-ends.wine.test.ts',
      'harness/test/loader/which/manifests.wine.test.ts',
    ],
  },
  {
    why: 'The host starts, watches and replaces processes. Each runtime does it in the tests of faults, clean-up and the sandbox.',
    files: [
      'harness/test/calls/agent/boot.wine.test.ts',
      'harness/test/calls/agent/fresh-process.wine.test.ts',
      'harness/test/calls/agent/late-faults.wine.test.ts',
      'harness/test/calls/agent/liveness.wine.test.ts',
      'harness/test/calls/agent/no-growth.wine.test.ts',
      'harness/test/calls/agent/side-by-side.wine.test.ts',
      'harness/test/calls/agent/worker-threads.wine.test.ts',
      'harness/test/machines/clones.wine.test.ts',
      'harness/test/machines/host-ends.wine.test.ts',
      'harness/test/machines/without-bubblewrap.wine.test.ts',
    ],
  },
  {
    why: 'Random sequences of what is tested one by one on each runtime: the nightly run has many more of them.',
    files: ['harness/test/calls/faults/sequences.wine.test.ts', 'tools/test/random/random.wine.test.ts'],
  },
];

/** One of several variants where not all are run: another one for each index, so that together all are seen. */
export function variantsHere<T>(variants: readonly T[], index: number): readonly T[] {
  return hasAllVariants ? variants : variants.slice(index % variants.length).slice(0, 1);
}
