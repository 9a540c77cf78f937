// Prototypes: `int __stdcall Add(int a, _Out_ int *b)`, or name, result and parameters one by one.
import { refuse, wrongType } from '../errors.ts';
import { directionNamed, type Specifiers } from './specifier.ts';
import type { Convention, Directions, Parameter, Prototype, Type } from './type.ts';
import { describeValue } from './value-names.ts';

const MAX_PARAMETERS = 64;
const CONVENTIONS: readonly string[] = ['__cdecl', '__stdcall', '__fastcall', '__thiscall'] satisfies Convention[];

/** A prototype before anybody has found a name for it. */
export interface Parsed extends Omit<Prototype, 'name'> {
  readonly name: string | null;
  readonly ordinal: number | null;
}

function isConvention(text: string): text is Convention {
  return CONVENTIONS.includes(text);
}

/** Why a type cannot be a parameter, or undefined when it can. */
function cannotPass(type: Type, directions: Directions): string | undefined {
  const can =
    type.countedBy === null &&
    (directions & 2
      ? type.primitive === 'Pointer' || type.isString
      : type.size > 0 &&
        type.primitive !== 'Array' &&
        type.primitive !== 'Prototype' &&
        !(type.primitive === 'Callback' && type.prototype?.variadic === true));
  return can ? undefined : `Type ${type.name} cannot be used as a parameter`;
}

/** Why a type cannot be a result. */
function cannotReturn(type: Type, nothing: Type): string | undefined {
  const can =
    type.countedBy === null &&
    (type.size > 0 || type === nothing) &&
    type.primitive !== 'Array' &&
    type.primitive !== 'Prototype';
  return can ? undefined : `You are not allowed to directly return ${type.name} values (maybe try ${type.name} *)`;
}

/** Parameters that a variadic call adds. */
export function checkParameter(parameter: Parameter, count: number): void {
  const why = cannotPass(parameter.type, parameter.directions);
  if (why !== undefined) wrongType(why);
  if (count >= MAX_PARAMETERS) wrongType(`Functions cannot have more than ${MAX_PARAMETERS.toString()} parameters`);
}

/** The arguments of the classic form by what they are. */
interface Classic {
  readonly convention: Convention;
  readonly name: unknown;
  /** Whether there is a place for a name, be it empty. */
  readonly hasName: boolean;
  readonly result: unknown;
  readonly parameters: unknown;
}

/** A list in the third place shows that the first is a name: without one, the list is the second. */
function sortClassic(args: readonly unknown[]): Classic {
  const [first] = args;
  const given = typeof first === 'string' && isConvention(first) ? first : undefined;
  if (given && args.length < 3) wrongType(`Expected 3 or 4 arguments, got ${args.length.toString()}`);
  const rest = given ? args.slice(1) : args;
  const hasName = Array.isArray(rest[2]);
  const [name, result, parameters] = hasName ? rest : [null, ...rest];
  return { convention: given ?? '__cdecl', name, hasName, result, parameters };
}

/** @param concrete it needs a name */
function classicName({ name, hasName }: Classic, concrete: boolean): Pick<Parsed, 'name' | 'ordinal'> {
  if (typeof name === 'string') return { name, ordinal: null };
  if (typeof name === 'number') return { name: String(name), ordinal: name | 0 };
  if (hasName && (concrete || (name !== null && name !== undefined))) {
    wrongType(`Unexpected ${describeValue(name)} value for name, expected string or integer`);
  }
  return { name: null, ordinal: null };
}

/** Name, result and parameters as arguments, with a convention before them. @param concrete it needs a name */
export function parseClassic(specifiers: Specifiers, args: readonly unknown[], concrete: boolean): Parsed {
  const classic = sortClassic(args);
  const { convention, parameters } = classic;
  const named = classicName(classic, concrete);
  const result = specifiers.resolve(classic.result);
  const why = cannotReturn(result, specifiers.registry.void);
  if (why !== undefined) wrongType(why);
  if (!Array.isArray(parameters)) {
    const of = named.name ?? '(null)';
    return wrongType(`Unexpected ${describeValue(parameters)} value for parameters of '${of}', expected an array`);
  }
  const variadic = parameters.at(-1) === '...';
  const fixed = (parameters as unknown[]).slice(0, variadic ? -1 : undefined);
  return {
    ...named,
    convention,
    result,
    variadic,
    parameters: fixed.map((item, index) => {
      const parameter = specifiers.resolveParameter(item);
      checkParameter(parameter, index);
      return parameter;
    }),
  };
}

/** A prototype as C writes it. @param concrete it needs a name */
export function parseText(specifiers: Specifiers, source: string, concrete: boolean): Parsed {
  const words = new Words(source);
  const { type: result } = readType(specifiers, words, false);
  const why = cannotReturn(result, specifiers.registry.void);
  if (why !== undefined) refuse(why);
  const convention = words.takeIf(isConvention) ?? '__cdecl';
  const found = words.head ?? refuse('Unexpected end of prototype, expected identifier');
  const name = words.takeIf(isWord) ?? null;
  if (name === null && concrete) refuse(`Unexpected token '${found}', expected identifier`);
  words.demand('(');
  const list = readParameters(specifiers, words);
  words.demand(')');
  words.takeIf((text) => text === ';');
  const left = words.ahead(0);
  if (left !== undefined) refuse(`Unexpected token '${left}' after prototype`);
  return { name, ordinal: null, convention, result, ...list };
}

function readParameters(specifiers: Specifiers, words: Words): Pick<Parsed, 'parameters' | 'variadic'> {
  const parameters: Parameter[] = [];
  const isNothing = words.head === 'void' && words.ahead(1) === ')';
  if (isNothing) words.drop(1);
  if (words.head === undefined || words.head === ')') return { parameters, variadic: false };
  do {
    if (words.takeIf((text) => text === '...') !== undefined) return { parameters, variadic: true };
    const parameter = readType(specifiers, words, true);
    const why = cannotPass(parameter.type, parameter.directions);
    if (why !== undefined) refuse(why);
    if (parameters.push(parameter) > MAX_PARAMETERS) {
      refuse(`Functions cannot have more than ${MAX_PARAMETERS.toString()} parameters`);
    }
    words.takeIf(isWord);
  } while (words.takeIf((text) => text === ',') !== undefined);
  return { parameters, variadic: false };
}

/** Words, then stars: the longest beginning that is a known type. What is left of the words may be a name. */
function readType(specifiers: Specifiers, words: Words, mayHaveDirection: boolean): Parameter {
  const { head } = words;
  if (head === undefined) return refuse('Unexpected end of prototype, expected type');
  if (!isWord(head)) return refuse(`Unexpected token '${head}', expected type`);
  const names = words.countFrom(0, isWord);
  const length = names + words.countFrom(names, (text) => text === '*' || text === '!' || text === 'const');
  if (words.ahead(length) === '[') refuse('Array types decay to pointers in prototypes (C standard), use pointers');
  const direction = mayHaveDirection && length > 1 ? directionNamed(head) : undefined;
  const skipped = direction ? 1 : 0;
  for (let taken = length; taken > skipped; taken--) {
    const type = specifiers.find(words.textOf(skipped, taken));
    if (!type) continue;
    words.drop(taken);
    return { type, directions: direction ?? 1 };
  }
  return refuse(`Unknown or invalid type name '${words.ahead(skipped) ?? ''}'`);
}

/** What is left of a text, word by word. */
class Words {
  private readonly source: string;
  private left: readonly RegExpExecArray[];

  constructor(source: string) {
    this.source = source;
    this.left = [...source.matchAll(/[A-Za-z_]\w*|\d+(?:\.\d*)?|\.\.\.|\S/gu)];
  }

  /** The next one; undefined at the end. */
  get head(): string | undefined {
    return this.ahead(0);
  }

  ahead(distance: number): string | undefined {
    return this.left[distance]?.[0];
  }

  drop(count: number): void {
    this.left = this.left.slice(count);
  }

  /** Takes the next one where it is as wanted. */
  takeIf<T extends string>(wanted: ((text: string) => text is T) | ((text: string) => boolean)): T | undefined {
    const { head } = this;
    if (head === undefined || !wanted(head)) return undefined;
    this.drop(1);
    return head as T;
  }

  /** Takes this one, or refuses the text. */
  demand(text: string): void {
    const { head } = this;
    if (head === undefined) refuse(`Unexpected end of prototype, expected '${text}'`);
    if (head !== text) refuse(`Unexpected token '${head}', expected '${text}'`);
    this.drop(1);
  }

  /** How many one after the other are as wanted. */
  countFrom(start: number, wanted: (text: string) => boolean): number {
    const end = this.left.findIndex(([text], index) => index >= start && !wanted(text));
    return (end < 0 ? this.left.length : end) - start;
  }

  /** The source from one word up to another. */
  textOf(from: number, to: number): string {
    const first = this.left[from];
    const last = this.left[to - 1];
    return first && last ? this.source.slice(first.index, last.index + last[0].length) : '';
  }
}

function isWord(text: string): boolean {
  return /^[A-Za-z_]/.test(text);
}
