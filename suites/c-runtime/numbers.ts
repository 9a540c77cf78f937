// Numbers to try functions with. `fc.double()` draws from all bit patterns, so most of its values are huge or tiny; these
// draw from where functions have their curves, and from beside the places where they have their corners.
import { fc } from 'dllparity';

type Numbers = fc.Arbitrary<number>;

const scratch = new DataView(new ArrayBuffer(8));

/** The double that lies `steps` places further from zero; negative steps lead towards it. */
export function outwards(value: number, steps: number): number {
  scratch.setFloat64(0, value);
  scratch.setBigUint64(0, scratch.getBigUint64(0) + BigInt(steps));
  return scratch.getFloat64(0);
}

/** All doubles between two bounds, as likely as their share of the distance. */
export function within(low: number, high: number): Numbers {
  return fc
    .tuple(fc.nat({ max: 0x1f_ffff }), fc.nat({ max: 0xffff_ffff }))
    .map(([upper, lower]) => low + ((upper * 2 ** 32 + lower) / 2 ** 53) * (high - low));
}

/** Doubles of either sign whose binary exponent lies between two bounds, each exponent as likely as another. */
export function magnitudes(lowest: number, highest: number): Numbers {
  return fc
    .tuple(within(1, 2), fc.integer({ min: lowest, max: highest }), fc.boolean())
    .map(([mantissa, exponent, negative]) => (negative ? -mantissa : mantissa) * 2 ** exponent);
}

/** The points, and doubles at most 16 places beside one of them. */
export function near(...points: readonly number[]): Numbers {
  return fc
    .tuple(fc.constantFrom(...points), fc.integer({ min: -16, max: 16 }))
    .map(([point, steps]) => (point === 0 ? steps * Number.MIN_VALUE : outwards(point, steps)));
}

/** Whole numbers. */
export function whole(low: number, high: number): Numbers {
  return fc.integer({ min: low, max: high });
}

/** As a person writes them: a few decimal digits. */
export function decimals(low: number, high: number): Numbers {
  return fc
    .tuple(within(low, high), fc.integer({ min: 0, max: 6 }))
    .map(([value, digits]) => Number(value.toFixed(digits)));
}

/** Halves, quarters and eighths: ties, for whatever rounds. */
export const ties: Numbers = fc
  .tuple(fc.integer({ min: -100_000, max: 100_000 }), fc.constantFrom(2, 4, 8))
  .map(([count, parts]) => count / parts);

/** Beside a multiple of pi/2, where reducing an angle cancels. */
export const nearMultiplesOfHalfPi: Numbers = fc
  .tuple(
    fc.oneof(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 65, max: 2 ** 30 })),
    fc.integer({ min: -4, max: 4 }),
  )
  .map(([count, steps]) => outwards((count * Math.PI) / 2, steps));

/** The given kinds, and in one case of eight any double at all. */
export function mixed(...kinds: readonly Numbers[]): Numbers {
  const share = Math.max(1, Math.round(7 / kinds.length));
  return fc.oneof(...kinds.map((arbitrary) => ({ arbitrary, weight: share })), { arbitrary: fc.double(), weight: 1 });
}

/** The floats nearest to these doubles. */
export function floats(numbers: Numbers): Numbers {
  return numbers.map(Math.fround);
}

/** 64-bit integers: small ones, those around powers of two, and any. */
export function integers64(signed: boolean): fc.Arbitrary<bigint> {
  const low = signed ? -(2n ** 63n) : 0n;
  const high = signed ? 2n ** 63n - 1n : 2n ** 64n - 1n;
  const clamp = (value: bigint): bigint => (value < low ? low : value > high ? high : value);
  return fc.oneof(
    fc.bigInt({ min: signed ? -1000n : 0n, max: 1000n }),
    fc.bigInt({ min: low, max: high }),
    fc
      .tuple(fc.bigInt({ min: 0n, max: 64n }), fc.bigInt({ min: -2n, max: 2n }), fc.boolean())
      .map(([power, beside, negative]) => clamp((negative ? -1n : 1n) * (2n ** power + beside))),
  );
}

/** 32-bit integers, likewise. */
export function integers32(signed: boolean): Numbers {
  const low = signed ? -(2 ** 31) : 0;
  const high = signed ? 2 ** 31 - 1 : 2 ** 32 - 1;
  return fc.oneof(
    fc.integer({ min: signed ? -1000 : 0, max: 1000 }),
    within(low, high).map(Math.floor),
    fc
      .tuple(fc.nat({ max: 32 }), fc.integer({ min: -2, max: 2 }), fc.boolean())
      .map(
        ([power, beside, negative]) => Math.min(high, Math.max(low, (negative ? -1 : 1) * (2 ** power + beside))) + 0,
      ),
  );
}
