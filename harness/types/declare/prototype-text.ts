// The text of a C declaration, taken apart by the compiler of TypeScript. What the parts mean is said elsewhere.

type Space = ' ' | '\n' | '\t' | '\r';

export type Trim<S extends string> = S extends `${Space}${infer R}`
  ? Trim<R>
  : S extends `${infer R}${Space}`
    ? Trim<R>
    : S;

/** Splits at the separator into a union. */
type Split<S extends string, By extends string> = S extends `${infer A}${By}${infer B}` ? A | Split<B, By> : S;

/** The words of a declaration, as a union: `const char *s` is `'const' | 'char' | 's'`. */
export type Words<S extends string> = Split<Split<Split<Split<Split<S, '*'>, Space>, '['>, '('>, ':'>;

/** Whether `long` stands twice: `unsigned long long`, `long unsigned long`. */
export type IsLongLong<S extends string> = ` ${S} ` extends `${string} long ${infer R}`
  ? ` ${R}` extends `${string} long ${string}`
    ? true
    : false
  : false;

/** Whether the function only reads what a pointer leads to. */
export type IsRead<S extends string> = S extends `${string}_In_${string}`
  ? true
  : ` ${Target<S>} ` extends `${string} ${'const' | 'CONST'} ${string}`
    ? true
    : false;

/** What stands before the first star or bracket. */
export type Target<S extends string> = S extends `${infer A}*${string}` ? A : S extends `${infer A}[${string}` ? A : S;

/** How many stars: none, one, or more. An array parameter is a pointer. */
export type Stars<S extends string> = S extends `${string}*${string}*${string}` | `${string}*${string}[${string}`
  ? 2
  : S extends `${string}*${string}` | `${string}[${string}`
    ? 1
    : 0;

/** Annotations with arguments, such as `_Out_writes_(count)`, lose them; `[in]` is `_In_`. */
export type WithoutAnnotations<S extends string> = S extends `${infer A}_(${string})${infer B}`
  ? WithoutAnnotations<`${A}_ ${B}`>
  : S extends `${infer A}[${'in, out' | 'in,out' | 'out'}${string}]${infer B}`
    ? WithoutAnnotations<`${A}${B}`>
    : S extends `${infer A}[in${string}]${infer B}`
      ? WithoutAnnotations<`${A}_In_ ${B}`>
      : S;

/** The same before the type of the function. */
export type WithoutSuccess<S extends string> = S extends `_${'Success' | 'When' | 'Ret_range'}_(${string})${infer R}`
  ? WithoutSuccess<Trim<R>>
  : S extends `_Ret_writes_${infer B}(${string})${infer R}`
    ? `_Ret_writes_${B} ${Trim<R>}`
    : S;

type Count<S extends string, Letter extends string, Seen extends 0[] = []> = S extends `${string}${Letter}${infer R}`
  ? Count<R, Letter, [...Seen, 0]>
  : Seen;

/** A piece of a parameter list is whole when each parenthesis in it is closed; what is left of an annotation may close more. */
type IsWhole<S extends string> = Count<S, '('> extends [...Count<S, ')'>, 0, ...0[]] ? false : true;

/** Splits a parameter list at its commas, but not at those of a callback's own list. */
export type Pieces<S extends string, Held extends string = ''> = S extends `${infer A},${infer B}`
  ? IsWhole<`${Held}${A}`> extends true
    ? [Trim<`${Held}${A}`>, ...Pieces<B>]
    : Pieces<B, `${Held}${A},`>
  : [Trim<`${Held}${S}`>];

export type WithoutEnd<S extends string> = Trim<S> extends `${infer R};` ? Trim<R> : Trim<S>;

/** All on one line, so that a word can be looked for with a blank on both sides. */
export type OneLine<S extends string> = S extends `${infer A}${'\n' | '\t' | '\r'}${infer B}`
  ? OneLine<`${A} ${B}`>
  : SingleBlanks<S>;

/** Microsoft's pages align parameters with blanks: so many that the compiler would give up while splitting at them. */
type SingleBlanks<S extends string> = S extends `${infer A}        ${infer B}`
  ? SingleBlanks<`${A} ${B}`>
  : S extends `${infer A}  ${infer B}`
    ? SingleBlanks<`${A} ${B}`>
    : S;
