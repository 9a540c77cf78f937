import fc, { type Arbitrary } from 'fast-check';

/** Where a generated value comes from, so that it can be made again, with all that it can be shrunk to. */
export interface Origin {
  readonly seed: number;
  /** Which of the values that the seed gives, from 0. */
  readonly index: number;
}

/**
 * Lets fast-check shrink a generated value as long as `isSame` says of what it tries that it shows the same. `isSame` sees each
 * value that is tried, the first of them being the value itself; the last of which it has said so is the smallest.
 */
export function shrink<T>(
  arbitrary: Arbitrary<T>,
  { seed, index }: Origin,
  isSame: (value: T) => boolean,
  limitMs: number,
): void {
  // A value that was drawn at random is made again from seed and place.
  fc.check(
    fc.property(arbitrary, (value) => !isSame(value)),
    { seed, path: index.toString(), numRuns: 1, interruptAfterTimeLimit: limitMs },
  );
}

/** The values that a seed gives. */
export function draw<T>(arbitrary: Arbitrary<T>, seed: number, count: number): T[] {
  return fc.sample(arbitrary, { seed, numRuns: count });
}
