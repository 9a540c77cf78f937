// C declarations: specifiers, then a declarator that is read from its name outwards, as in C.
import { type Annotations, isAnnotation, noAnnotations, readAnnotation } from './annotations.ts';
import { conventionNamed } from './conventions.ts';
import { readDimension } from './dimension.ts';
import { extentFrom, resolveExtents, type RawParameter } from './extents.ts';
import { canonicalName, typeNamed } from './named-types.ts';
import { refuseConvention, refuseMacro, refuseRest, refuseUnknown, refuseWithoutType } from './refusals.ts';
import { Tokens } from './tokens.ts';
import {
  arrayOf,
  type Convention,
  type CType,
  type Direction,
  type FunctionType,
  type Parameter,
  pointerTo,
} from './types.ts';

/** Types by name that a declaration may use beside the built-in ones. */
export type NamedTypes = Readonly<Record<string, CType>>;

/** Words that documentation puts before a type and that change nothing here. */
const IGNORED = new Set(
  (
    'extern static inline __inline __forceinline FORCEINLINE struct enum union volatile restrict __restrict auto ' +
    'register typedef FAR far IN OUT OPTIONAL __unaligned UNALIGNED _Noreturn __RPC_FAR EXTERN_C DECLSPEC_IMPORT ' +
    'DECLSPEC_NORETURN WINBASEAPI WINUSERAPI WINGDIAPI WINADVAPI WINSHELLAPI WINCOMMCTRLAPI WINSPOOLAPI WINIMPM ' +
    'WINSOCK_API_LINKAGE NTSYSAPI NTSYSCALLAPI NTHALAPI NTKERNELAPI _CRTIMP _ACRTIMP _DCRTIMP _VCRTIMP'
  ).split(' '),
);
const BASIC = new Set('unsigned signed long short int char float double __int64 __int8 __int16 __int32'.split(' '));
/** What the words of BASIC may be together, once they are sorted. */
const COMBINATION =
  /^(?:(?:int )?(?:long |long long |short )?(?:signed|unsigned)|(?:int )?(?:long|long long|short)|char (?:un)?signed|__int\d+ (?:un)?signed|double long|\w+)$/;
/** Beyond what anybody writes, so that no text can exhaust the stack or the memory. */
const MAX_NESTED = 50;
const MAX_WORDS = 5;
const MAX_STARS = 16;
const MAX_SUFFIXES = 16;
/** Calling conventions that this project does not speak. */
const REFUSED = new Set(['__vectorcall', '__clrcall', '__regcall', '__pascal']);

interface Specifiers {
  readonly type: CType;
  readonly isConst: boolean;
  readonly convention: Convention | undefined;
}

/** What the declarator of a name makes of the type before it. */
interface Declarator {
  readonly name: string | undefined;
  readonly at: number;
  wrap(base: CType, isConst: boolean): { type: CType; isConst: boolean };
}

/** A declared name: a function, a variable, a member, or (without a name) a type. */
export interface Declaration {
  readonly name: string | undefined;
  readonly type: CType;
  /** Width of a bit-field. */
  readonly bits: number | null;
}

/**
 * Parses one whole declaration, a final semicolon included.
 * @param convention of a function that names none
 */
export function parseDeclaration(source: string, types: NamedTypes = {}, convention?: Convention): Declaration {
  const parser = new DeclarationParser(source, types);
  return parser.whole(convention);
}

class DeclarationParser {
  private readonly tokens: Tokens;
  private readonly types: NamedTypes;
  private nested = 0;

  constructor(source: string, types: NamedTypes) {
    this.tokens = new Tokens(source);
    this.types = types;
  }

  whole(convention: Convention | undefined): Declaration {
    const { tokens } = this;
    const found = this.annotations();
    const specifiers = this.specifiers(found);
    const declarator = this.declarator(specifiers.convention ?? convention);
    const { type } = declarator.wrap(specifiers.type, specifiers.isConst);
    const bits = tokens.skip(':') ? this.bitWidth(type) : null;
    const { name } = declarator;
    refuseRest(tokens, name, this.isType);
    tokens.skip(';');
    tokens.expectEnd();
    if (type.kind !== 'function') return { name, type, bits };
    const resultExtent = found.result && extentFrom(found.result, type.parameters, tokens);
    return { name, type: { ...type, name: name ?? type.name, resultExtent }, bits };
  }

  private bitWidth(type: CType): number {
    const { text, at } = this.tokens.take('the width of the bit-field');
    const isInteger =
      (type.kind === 'scalar' && type.code !== 'float' && type.code !== 'double') || type.kind === 'enum';
    if (!/^\d+$/.test(text)) this.tokens.fail(`expected the width of the bit-field, found "${text}"`, at);
    if (!isInteger) this.tokens.fail(`a bit-field cannot have the type "${type.name}"`, at);
    return Number(text);
  }

  /** `_In_`, `_Out_writes_(n)`, `[in, out]` and so on. */
  private annotations(found: Annotations = noAnnotations()): Annotations {
    const { tokens } = this;
    for (let word = tokens.peek(); word !== undefined; word = tokens.peek()) {
      if (word === '[') found.direction = this.bracketed();
      else if (isAnnotation(word)) {
        tokens.take('an annotation');
        readAnnotation(word, tokens.parenthesised(), found);
      } else break;
    }
    return found;
  }

  /** `[in, out, optional]`, as the reference pages print it. */
  private bracketed(): Direction {
    const { tokens } = this;
    const words: string[] = [];
    const start = tokens.take('"["');
    for (let word = tokens.take('"]"'); word.text !== ']'; word = tokens.take('"]"')) words.push(word.text);
    const [reads, writes] = [words.includes('in'), words.includes('out')];
    if (!reads && !writes) tokens.fail('expected "in" or "out" in the brackets', start.at);
    return reads && writes ? 'inout' : writes ? 'out' : 'in';
  }

  private specifiers(found: Annotations): Specifiers {
    const { tokens } = this;
    let convention: Convention | undefined;
    let isConst = false;
    const words: { text: string; at: number }[] = [];
    for (let word = tokens.peek(); word !== undefined && tokens.isName(); word = tokens.peek()) {
      const ofConvention = conventionNamed(word);
      if (REFUSED.has(word)) refuseConvention(tokens, word);
      if (isAnnotation(word)) {
        this.annotations(found);
        continue;
      }
      if (word === 'extern' && tokens.peek(1) === '"') {
        // extern "C"
        for (const part of ['a word', '"', '"C"', '"']) tokens.take(part);
        continue;
      }
      if (word === 'const' || word === 'CONST') isConst = true;
      else if (ofConvention) convention = ofConvention;
      else if (word === '__attribute__' || word === '__declspec') {
        tokens.take('a word');
        tokens.parenthesised();
        continue;
      } else if (!IGNORED.has(word)) {
        if (words.length > 0 && !(BASIC.has(word) && words.every(({ text }) => BASIC.has(text)))) break;
        if (words.length === MAX_WORDS) tokens.fail(`"${word}" is too much`, tokens.at);
        words.push({ text: word, at: tokens.at });
      }
      tokens.take('a word');
    }
    const [first] = words;
    if (!first) return refuseWithoutType(tokens);
    return {
      type: this.named(
        this.nameOf(
          words.map(({ text }) => text),
          first.at,
        ),
        first.at,
      ),
      isConst,
      convention,
    };
  }

  /** `unsigned long int` and its like under one name; combinations that C does not know are refused. */
  private nameOf(words: readonly string[], at: number): string {
    const isBasic = words.length > 1;
    if (isBasic && !COMBINATION.test(words.toSorted().join(' '))) {
      this.tokens.fail(`"${words.join(' ')}" is no type of C`, at, 'PROTOTYPE_TYPE_UNKNOWN', 'Write one of C.');
    }
    return canonicalName(words);
  }

  /** Stars, conventions, a name or a declarator in parentheses, then dimensions or a parameter list. */
  private declarator(outer: Convention | undefined): Declarator {
    const { tokens } = this;
    if (++this.nested > MAX_NESTED) tokens.fail('it is nested too deeply', tokens.at);
    const declarator = this.declaratorHere(outer);
    this.nested--;
    return declarator;
  }

  private declaratorHere(outer: Convention | undefined): Declarator {
    const { tokens } = this;
    let convention = outer;
    /** One entry for each star: whether `const` stands behind it, which makes that pointer itself constant. */
    const stars: boolean[] = [];
    for (let word = tokens.peek(); word !== undefined; word = tokens.peek()) {
      const ofConvention = conventionNamed(word);
      if (word === '*' || word === '&') {
        if (word === '&') tokens.fail('a reference is passed as a pointer; write "*"', tokens.at);
        if (stars.length === MAX_STARS) tokens.fail('it has too many stars', tokens.at);
        stars.push(false);
      } else if (word === 'const' || word === 'CONST') {
        // Before the first star it belongs to the type: `char const *`.
        if (stars.length === 0) return this.constBase(convention);
        stars[stars.length - 1] = true;
      } else if (ofConvention) convention = ofConvention;
      else if (REFUSED.has(word)) refuseConvention(tokens, word);
      else if (!IGNORED.has(word) && !/^(?:__ptr(?:32|64)|__sptr|__uptr)$/.test(word)) break;
      tokens.take('a declarator');
    }
    const direct = this.direct(stars.length > 0 ? undefined : convention);
    return {
      name: direct.name,
      at: direct.at,
      wrap: (base, isConst) => {
        let type = base;
        let constant = isConst;
        for (const isOwnConst of stars) {
          // Code is never written to.
          type = pointerTo(type, constant || type.kind === 'function');
          constant = isOwnConst;
        }
        return direct.wrap(type, constant, convention);
      },
    };
  }

  /** `char const *p`: the same as `const char *p`. */
  private constBase(convention: Convention | undefined): Declarator {
    this.tokens.take('const');
    const rest = this.declarator(convention);
    return { ...rest, wrap: (base) => rest.wrap(base, true) };
  }

  private direct(convention: Convention | undefined): {
    name: string | undefined;
    at: number;
    wrap(base: CType, isConst: boolean, outer: Convention | undefined): { type: CType; isConst: boolean };
  } {
    const { tokens } = this;
    const { at } = tokens;
    let name: string | undefined;
    let inner: Declarator | undefined;
    let innerConvention: Convention | undefined;
    if (tokens.peek() === '(' && this.opensDeclarator()) {
      tokens.take('"("');
      innerConvention = conventionNamed(tokens.peek());
      inner = this.declarator(undefined);
      tokens.expect(')');
      name = inner.name;
    } else if (tokens.isName()) {
      name = tokens.take('a name').text;
    }
    const suffixes = this.suffixes(name ?? 'callback', () => innerConvention ?? convention);
    return {
      name,
      at,
      wrap: (base, isConst, outer) => {
        let type = base;
        for (const suffix of suffixes.toReversed()) type = suffix(type, outer);
        return inner ? inner.wrap(type, isConst) : { type, isConst };
      },
    };
  }

  /** Whether the parenthesis holds a declarator, as in `(*f)(int)`, and not a parameter list. */
  private opensDeclarator(): boolean {
    for (let ahead = 1; ; ahead++) {
      const word = this.tokens.peek(ahead);
      if (word === '*' || word === '(') return true;
      if (conventionNamed(word) === undefined) return false;
    }
  }

  private suffixes(
    name: string,
    convention: () => Convention | undefined,
  ): ((type: CType, outer: Convention | undefined) => CType)[] {
    const { tokens } = this;
    const found: ((type: CType, outer: Convention | undefined) => CType)[] = [];
    for (;;) {
      if (found.length === MAX_SUFFIXES) tokens.fail('it has too many dimensions', tokens.at);
      const { at } = tokens;
      if (tokens.skip('[')) {
        const { length, countedBy } = readDimension(tokens);
        found.push((type) => {
          if (type.kind === 'function') tokens.fail('an array holds no functions, only pointers to them', at);
          return arrayOf(type, length, countedBy);
        });
      } else if (tokens.peek() === '(') {
        const list = this.parameterList();
        found.push((result, outer) => {
          if (result.kind === 'function' || result.kind === 'array' || result.kind === 'opaque') {
            const what = result.kind === 'opaque' ? `"${result.name}", which is opaque` : `a whole ${result.kind}`;
            tokens.fail(`a function cannot return ${what}`, at, 'PROTOTYPE_SYNTAX', 'It can return a pointer to it.');
          }
          return {
            kind: 'function',
            name,
            result,
            resultExtent: null,
            ...list,
            convention: convention() ?? outer ?? 'cdecl',
            method: false,
          };
        });
      } else return found;
    }
  }

  private parameterList(): Pick<FunctionType, 'parameters' | 'variadic'> {
    const { tokens } = this;
    tokens.expect('(');
    const raw: RawParameter[] = [];
    const finish = (variadic: boolean): { parameters: readonly Parameter[]; variadic: boolean } => ({
      parameters: resolveExtents(raw, tokens),
      variadic,
    });
    if (tokens.skip(')')) return finish(false);
    for (;;) {
      if (tokens.skip('...')) {
        tokens.expect(')');
        return finish(true);
      }
      const parameter = this.parameter(raw.length);
      if (parameter) raw.push(parameter);
      const separator = tokens.take('"," or ")"');
      if (separator.text === ')') return finish(false);
      if (separator.text === '=') {
        tokens.fail('"=" is too much', separator.at, 'PROTOTYPE_SYNTAX', 'Leave default values out.');
      }
      if (parameter) refuseMacro(tokens, parameter.name, separator, this.isType);
      if (separator.text !== ',') tokens.fail(`expected "," or ")", found "${separator.text}"`, separator.at);
    }
  }

  /** One parameter, or undefined for the lone `void` of an empty list. */
  private parameter(index: number): RawParameter | undefined {
    const { tokens } = this;
    const start = tokens.at;
    const annotations = this.annotations();
    const specifiers = this.specifiers(annotations);
    const declarator = this.declarator(specifiers.convention);
    const declared = declarator.wrap(specifiers.type, specifiers.isConst);
    const type = decay(declared.type, declared.isConst);
    if (type.kind === 'void') {
      if (index === 0 && declarator.name === undefined && tokens.peek() === ')') return undefined;
      tokens.fail('a parameter cannot be void', start);
    }
    if (type.kind === 'opaque') tokens.fail(`"${type.name}" is opaque; only a pointer to it can be passed`, start);
    const name = declarator.name ?? `argument ${index.toString()}`;
    const direction = annotations.direction ?? defaultDirection(type);
    return { name, type, annotations, direction, declared: declared.type };
  }

  private known(name: string): CType | undefined {
    return Object.hasOwn(this.types, name) ? this.types[name] : typeNamed(name);
  }

  private readonly isType = (word: string): boolean => BASIC.has(word) || this.known(word) !== undefined;

  private named(name: string, at: number): CType {
    const type = this.known(name);
    return type ?? refuseUnknown(this.tokens, name, at, this.isType, Object.keys(this.types));
  }
}

/** An array as a parameter is a pointer to its first element, a function one to itself (C11 6.7.6.3). */
function decay(type: CType, isConst: boolean): CType {
  if (type.kind === 'array') return pointerTo(type.element, isConst);
  return type.kind === 'function' ? pointerTo(type, true) : type;
}

function defaultDirection(type: CType): Direction {
  return type.kind === 'pointer' && !type.const && type.target.kind !== 'function' && type.target.kind !== 'opaque'
    ? 'inout'
    : 'in';
}
