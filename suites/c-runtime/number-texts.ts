// Texts that are numbers, nearly are, or only begin like one.
import { fc } from 'dllparity';
import { decimals, magnitudes, outwards, within } from './numbers.ts';
import { over } from './texts.ts';

type Texts = fc.Arbitrary<string>;

const join = (...parts: readonly Texts[]): Texts => fc.tuple(...parts).map((pieces) => pieces.join(''));
const often = (usual: string, ...others: readonly string[]): Texts =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });

const space = often('', ' ', '\t', '  ', ' \n', '\v\f\r', '\u00a0');
const sign = often('', '+', '-', '--', '+-', '- ');
const rest = often('', ' ', 'x', '.', '5', 'e', 'L', '%', '\0', '\u00e9', ',5');
const digits = (maxLength: number): Texts => over('0123456789', maxLength);

const exponent: Texts = fc.oneof(
  fc.constant(''),
  join(
    fc.constantFrom('e', 'E', 'd', 'D', 'p'),
    sign,
    fc.oneof(fc.integer({ min: 0, max: 30 }).map(String), fc.integer({ min: 280, max: 400 }).map(String), digits(6)),
  ),
);

/** Exactly between two doubles, and a last digit to either side of that: where rounding is decided. */
const halfway: Texts = fc
  .tuple(fc.oneof(within(1, 2 ** 60), magnitudes(-20, 70)).map(Math.abs), fc.constantFrom('', '0', '1', '00000000001'))
  .map(([low, more]) => decimalOfMidpoint(low, outwards(low, 1)) + more);

/** The midpoint in decimal digits, all of them. */
function decimalOfMidpoint(low: number, high: number): string {
  const scale = 2n ** 80n;
  const scaled = (value: number): bigint => {
    const [integer, fraction] = [Math.floor(value), value - Math.floor(value)];
    return BigInt(integer) * scale + BigInt(fraction * 2 ** 80);
  };
  const sum = scaled(low) + scaled(high);
  const integer = sum / (2n * scale);
  let remainder = sum % (2n * scale);
  let text = `${integer.toString()}.`;
  while (remainder > 0n) {
    remainder *= 10n;
    text += (remainder / (2n * scale)).toString();
    remainder %= 2n * scale;
  }
  return text;
}

const written: Texts = fc.oneof(
  decimals(-1e6, 1e6).map(String),
  fc.double({ noNaN: true }).map((value) => value.toExponential()),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value.toPrecision(17)),
  fc.tuple(magnitudes(-60, 60), fc.integer({ min: 1, max: 40 })).map(([value, count]) => value.toPrecision(count)),
);

const edges: Texts = fc.constantFrom(
  ...['1.7976931348623157e308', '1.7976931348623158e308', '1.797693134862315808e308', '1.8e308', '1e309', '1e99999'],
  ...[
    '2.2250738585072014e-308',
    '2.2250738585072011e-308',
    '2.2250738585072012e-308',
    '4.9e-324',
    '2.4703282292062327e-324',
  ],
  ...[
    '2.4703282292062328e-324',
    '1e-324',
    '1e-400',
    '9007199254740993',
    '9007199254740992.9999',
    '0.1e1000000000000000',
  ],
  ...['0e99999', '-0', '+.0', '.', '-.', '.e1', '1e', '1e+', '1e-x', '', ' ', '00000000000000000000001', '1.e1', '1,5'],
);

const words: Texts = fc.constantFrom(
  ...['inf', 'INF', 'infinity', '-infinity', 'nan', 'NaN', 'nan(1)', '-nan', '1.#INF', '1.#QNAN', '-1.#IND', '1#INF'],
  ...['0x', '0x10', '0x1.8p3', '0X.8P-1', '-0xabc', '0b101', '1d5', '1D+5', '1d', '1_000', 'e5', '1e5.5', '1f', '1.5L'],
);

/** What a function that reads a floating-point number may be given. */
export const floatText: Texts = fc.oneof(
  { weight: 4, arbitrary: join(space, sign, digits(8), fc.constantFrom('', '.', '.', ','), digits(8), exponent, rest) },
  { weight: 3, arbitrary: join(space, written, rest) },
  { weight: 2, arbitrary: halfway },
  { weight: 1, arbitrary: join(sign, digits(40), fc.constant('.'), digits(40), exponent) },
  { weight: 1, arbitrary: join(space, sign, edges, rest) },
  { weight: 1, arbitrary: join(space, sign, words, rest) },
  { weight: 1, arbitrary: over('0123.eE+-dx', 8) },
);

/** The bases that integers are read in; 1 and those above 36 are invalid parameters, which end the process. */
export const base: fc.Arbitrary<number> = fc.oneof(fc.constantFrom(0, 10, 16, 8, 2), fc.integer({ min: 2, max: 36 }));

/** A text for a function that reads an integer of so many bits, an end and a base. */
export function integerText(bits: 32 | 64): fc.Arbitrary<[string, number]> {
  const limit = 2n ** BigInt(bits);
  const value = fc.oneof(
    fc.bigInt({ min: 0n, max: 1000n }),
    fc.bigInt({ min: 0n, max: limit * 2n }),
    fc
      .tuple(fc.constantFrom(limit, limit / 2n), fc.bigInt({ min: -2n, max: 2n }))
      .map(([power, beside]) => power + beside),
  );
  const prefix = often('', '0x', '0X', '0', '00', '0b');
  return base.chain((radix) => {
    const number = fc.tuple(value, fc.boolean()).map(([integer, upper]) => {
      const written = integer.toString(radix === 0 ? 10 : radix);
      return upper ? written.toUpperCase() : written;
    });
    const string = fc.oneof(
      { weight: 4, arbitrary: join(space, sign, prefix, number, rest) },
      { weight: 1, arbitrary: join(space, sign, over('0123456789abcxyzXZ', 12)) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('', '0x', '0xg', '-', '+ 1', '08', '0779', '-0', '-1', '99999999999999999999'),
      },
    );
    return fc.tuple(string, fc.constant(radix));
  });
}
