// Formats of the printf family with arguments that fit them.
import { as, fc } from 'dllparity';
import { decimals, integers32, integers64, magnitudes, mixed, near, ties, whole } from './numbers.ts';
import { text } from './texts.ts';

/** A format and its arguments. */
export type Format = readonly [format: string, ...VariadicArgument[]];

type VariadicArgument = ReturnType<typeof as>;
type Arguments = readonly VariadicArgument[];

const number = (type: string, value: number | bigint): VariadicArgument => as(value, type);

const flags = fc.subarray(['-', '+', ' ', '#', '0'], { maxLength: 3 }).map((chosen) => chosen.join(''));

/** Text of a width or precision, with the argument it takes when it is a star. */
function amount(low: number, high: number): fc.Arbitrary<readonly [string, Arguments]> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(['', []] as const) },
    { weight: 4, arbitrary: whole(0, high).map((value) => [value.toString(), []] as const) },
    { weight: 1, arbitrary: whole(low, high).map((value) => ['*', [number('int', value)]] as const) },
  );
}

const widths = amount(-20, 20);
const precisions = fc.oneof(
  { weight: 2, arbitrary: fc.constant(['', []] as const) },
  { weight: 3, arbitrary: amount(-3, 22).map(([digits, args]) => [`.${digits}`, args] as const) },
);

const floating = mixed(
  decimals(-1000, 1000),
  ties,
  near(0, 1, 9.5, 99.5, 0.0001, 999999.5),
  magnitudes(-80, 80),
  whole(-1_000_000, 1_000_000),
  fc.constantFrom(0, -0, Infinity, -Infinity, NaN, 1e15, 1e16, 1e17, 0.1, 2 / 3, 5e-324, 1.7976931348623157e308),
);

interface Conversion {
  readonly prefixes: readonly string[];
  readonly letters: string;
  readonly value: fc.Arbitrary<VariadicArgument>;
}

const narrowText: Conversion['value'] = text(8).map((value) => as(value, 'const char *'));
const wideText: Conversion['value'] = text(8).map((value) => as(value, 'const wchar_t *'));
const character: Conversion['value'] = whole(1, 255).map((value) => number('int', value));

/** Those that came with C99, in Visual Studio 2015. */
const c99Conversions: readonly Conversion[] = [
  { prefixes: ['j'], letters: 'diouxX', value: integers64(true).map((value) => number('__int64', value)) },
  { prefixes: ['z', 't'], letters: 'diouxX', value: integers64(false).map((value) => number('uintptr_t', value)) },
  { prefixes: ['hh'], letters: 'diouxX', value: integers32(true).map((value) => number('int', value)) },
  { prefixes: ['', 'l'], letters: 'F', value: floating.map((value) => number('double', value)) },
];

/** Every conversion but %n, which needs memory, and the length prefixes under which its argument has the same type. */
function conversions({ wide, universal }: Required<Pick<FormatOptions, 'wide' | 'universal'>>): readonly Conversion[] {
  const own = wide ? wideText : narrowText;
  const other = wide ? narrowText : wideText;
  return [
    ...(universal ? c99Conversions : []),
    {
      prefixes: ['', '', 'h', 'l', 'I32', 'I'],
      letters: 'diouxX',
      value: integers32(true).map((value) => number('int', value)),
    },
    {
      prefixes: ['ll', 'I64'],
      letters: 'diouxX',
      value: integers64(true).map((value) => number('__int64', value)),
    },
    { prefixes: ['', '', 'l', 'L'], letters: 'eEfgGaA', value: floating.map((value) => number('double', value)) },
    { prefixes: ['', '', 'l', 'L'], letters: 'eEfgGaA', value: floating.map((value) => number('double', value)) },
    { prefixes: [''], letters: 's', value: own },
    { prefixes: ['h'], letters: 'sS', value: narrowText },
    { prefixes: ['l', 'w'], letters: 'sS', value: wideText },
    { prefixes: [''], letters: 'S', value: other },
    { prefixes: ['', 'h', 'l', 'w'], letters: 'cC', value: character },
    {
      prefixes: [''],
      letters: 'p',
      value: integers64(false).map((value) => number('uintptr_t', value)),
    },
  ];
}

/** One conversion with flags, width, precision and prefix. */
function conversion(options: Required<Pick<FormatOptions, 'wide' | 'universal'>>): fc.Arbitrary<Format> {
  const kinds = conversions(options).map(({ prefixes, letters, value }) =>
    fc.tuple(fc.constantFrom(...prefixes), fc.constantFrom(...Array.from(letters)), value),
  );
  return fc
    .tuple(flags, widths, precisions, fc.oneof(...kinds))
    .map(([flag, [width, widthArguments], [precision, precisionArguments], [prefix, letter, value]]) => [
      `%${flag}${width}${precision}${prefix}${letter}`,
      ...widthArguments,
      ...precisionArguments,
      value,
    ]);
}

/** What is no conversion: text, percent signs, letters that no conversion has, unfinished ones. */
function noConversion(universal: boolean): fc.Arbitrary<Format> {
  const never = ['%%', '%', '%5%', '%-', '%k', '%y', '%.'];
  const early = universal ? [] : ['%zd', '%08q', '%jd', '%tu', '%F'];
  return fc.oneof(text(6), fc.constantFrom(...never, ...early, '%m', '%&')).map((format) => [format]);
}

interface FormatOptions {
  /** Of `wchar_t`. @default false */
  readonly wide?: boolean;
  /** Conversions only. @default false */
  readonly valid?: boolean;
  /** Of the runtime since Visual Studio 2015, which knows those of C99. @default false */
  readonly universal?: boolean;
}

/** Formats with one conversion in most cases, and two or three pieces in some. */
export function formats({ wide = false, valid = false, universal = false }: FormatOptions = {}): fc.Arbitrary<Format> {
  const piece = fc.oneof(
    { weight: 9, arbitrary: conversion({ wide, universal }) },
    { weight: valid ? 0 : 1, arbitrary: noConversion(universal) },
  );
  return fc.oneof(
    { weight: 5, arbitrary: piece },
    { weight: 1, arbitrary: fc.array(piece, { minLength: 2, maxLength: 3 }).map(concatenated) },
  );
}

function concatenated(pieces: readonly Format[]): Format {
  return [pieces.map(([format]) => format).join(''), ...pieces.flatMap(([, ...values]) => values)];
}
