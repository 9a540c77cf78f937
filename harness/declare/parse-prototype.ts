import { DllparityError } from '../errors.ts';
import { pointAt } from '../point-at.ts';
import { canonicalName, KNOWN_TYPE_NAMES, pointerNamed, scalarNamed } from './scalars.ts';
import { nearestName } from '../config/nearest-name.ts';
import type { Convention, CType, Direction, FunctionType, Parameter, StructType } from './types.ts';

interface Token {
  readonly text: string;
  readonly at: number;
}

const CONVENTIONS: Readonly<Record<string, Convention>> = {
  __cdecl: 'cdecl',
  _cdecl: 'cdecl',
  WINAPIV: 'cdecl',
  __stdcall: 'stdcall',
  _stdcall: 'stdcall',
  WINAPI: 'stdcall',
  CALLBACK: 'stdcall',
  APIENTRY: 'stdcall',
  NTAPI: 'stdcall',
  STDMETHODCALLTYPE: 'stdcall',
  __fastcall: 'fastcall',
  __thiscall: 'thiscall',
};

/** Words that documentation puts before a type and that change nothing here. */
const IGNORED = new Set([
  'extern',
  'static',
  'inline',
  'struct',
  'enum',
  'union',
  'volatile',
  'restrict',
  '__restrict',
  'CONST',
  'signed',
  'auto',
  'register',
]);
const BASIC = new Set([
  'unsigned',
  'signed',
  'long',
  'short',
  'int',
  'char',
  'double',
  '__int64',
  '__int8',
  '__int16',
  '__int32',
]);

/** Structs by name, that a prototype may use beside the built-in types. */
export type NamedTypes = Readonly<Record<string, StructType>>;

/**
 * Parses a C prototype as documentation prints it: `_Out_` and its relatives, calling conventions, `const`, arrays as
 * parameters, function pointers as parameters, `...`, and a final semicolon are understood.
 */
export function parsePrototype(source: string, types: NamedTypes = {}, pointerBytes: 4 | 8 = 8): FunctionType {
  return new PrototypeParser(source, types, pointerBytes).prototype();
}

/** Parses a type alone, such as `const char *`. */
export function parseType(source: string, types: NamedTypes = {}, pointerBytes: 4 | 8 = 8): CType {
  return new PrototypeParser(source, types, pointerBytes).typeAlone();
}

class PrototypeParser {
  private readonly source: string;
  private readonly types: NamedTypes;
  private readonly pointerBytes: 4 | 8;
  private readonly tokens: readonly Token[];
  private next = 0;

  constructor(source: string, types: NamedTypes, pointerBytes: 4 | 8) {
    this.source = source;
    this.types = types;
    this.pointerBytes = pointerBytes;
    this.tokens = [...source.matchAll(/\.\.\.|[A-Za-z_]\w*|\d+|\S/g)].map((match) => ({
      text: match[0],
      at: match.index,
    }));
  }

  prototype(): FunctionType {
    const { type: result, convention } = this.type();
    const name = this.take('the name of the function');
    if (!/^[A-Za-z_]/.test(name.text)) this.fail(`expected the name of the function, found "${name.text}"`, name.at);
    const { parameters, variadic } = this.parameterList();
    if (this.peek() === ';') this.next++;
    this.expectEnd();
    return { kind: 'function', name: name.text, result, parameters, variadic, convention: convention ?? 'cdecl' };
  }

  typeAlone(): CType {
    const { type } = this.type();
    this.expectEnd();
    return type;
  }

  private expectEnd(): void {
    const extra = this.tokens[this.next];
    if (extra) this.fail(`"${extra.text}" is too much`, extra.at);
  }

  private parameterList(): { parameters: Parameter[]; variadic: boolean } {
    this.expect('(');
    const parameters: Parameter[] = [];
    if (this.peek() === ')') {
      this.next++;
      return { parameters, variadic: false };
    }
    for (;;) {
      if (this.peek() === '...') {
        this.next++;
        this.expect(')');
        return { parameters, variadic: true };
      }
      const parameter = this.parameter(parameters.length);
      if (parameter) parameters.push(parameter);
      const separator = this.take('"," or ")"');
      if (separator.text === ')') return { parameters, variadic: false };
      if (separator.text !== ',') this.fail(`expected "," or ")", found "${separator.text}"`, separator.at);
    }
  }

  /** One parameter, or undefined for the lone `void` of an empty list. */
  private parameter(index: number): Parameter | undefined {
    const start = this.tokens[this.next]?.at ?? this.source.length;
    const annotated = this.annotation();
    const { type, convention } = this.type();
    if (this.peek() === '(') return this.functionPointer(type, convention, index);
    const named = /^[A-Za-z_]/.test(this.peek() ?? '');
    const name = named ? this.take('a name').text : `argument ${index.toString()}`;
    let final = type;
    while (this.peek() === '[') {
      // An array as a parameter is a pointer; its length is documentation.
      while (this.take('"]"').text !== ']') continue;
      final = { kind: 'pointer', name: `${type.name} *`, target: type, const: this.constBefore(start) };
    }
    if (final.kind === 'void') {
      if (index === 0 && !named && this.peek() === ')') return undefined;
      this.fail('a parameter cannot be void', start);
    }
    return { name, type: final, direction: annotated ?? defaultDirection(final) };
  }

  private functionPointer(result: CType, outer: Convention | undefined, index: number): Parameter {
    this.expect('(');
    let convention = outer;
    for (let word = this.peek(); word !== undefined && word in CONVENTIONS; word = this.peek()) {
      convention = CONVENTIONS[word];
      this.next++;
    }
    this.expect('*');
    const name = /^[A-Za-z_]/.test(this.peek() ?? '') ? this.take('a name').text : `argument ${index.toString()}`;
    this.expect(')');
    const list = this.parameterList();
    const target: FunctionType = { kind: 'function', name, result, ...list, convention: convention ?? 'cdecl' };
    return { name, type: { kind: 'pointer', name: 'callback', target, const: true }, direction: 'in' };
  }

  /** `_In_`, `_Out_writes_(n)` and so on: only the direction matters here. */
  private annotation(): Direction | undefined {
    let direction: Direction | undefined;
    for (let word = this.peek(); word !== undefined; word = this.peek()) {
      const found = /^_(In|Out|Inout)(?:_|$)/.exec(word);
      if (found) {
        direction = (found[1] ?? 'in').toLowerCase() as Direction;
        this.next++;
      } else if (word === '[') {
        direction = this.bracketed();
      } else if (/^_(Outptr|Ret|Success|Reserved|Printf|Frees|When|Pre|Post|Check|Must)/.test(word)) {
        if (word.startsWith('_Outptr')) direction = 'out';
        this.next++;
      } else break;
      if (this.peek() === '(') this.skipParentheses();
    }
    return direction;
  }

  /** `[in, out, optional]`, as the reference pages print it. */
  private bracketed(): Direction {
    const words: string[] = [];
    const start = this.take('"["');
    for (let word = this.take('"]"'); word.text !== ']'; word = this.take('"]"')) words.push(word.text);
    const [reads, writes] = [words.includes('in'), words.includes('out')];
    if (!reads && !writes) this.fail('expected "in" or "out" in the brackets', start.at);
    return reads && writes ? 'inout' : writes ? 'out' : 'in';
  }

  private skipParentheses(): void {
    let depth = 0;
    do {
      const token = this.take('")"');
      if (token.text === '(') depth++;
      if (token.text === ')') depth--;
    } while (depth > 0);
  }

  private type(): { type: CType; convention: Convention | undefined } {
    let convention: Convention | undefined;
    let isConst = false;
    const words: Token[] = [];
    this.annotation();
    for (let word = this.peek(); word !== undefined && /^[A-Za-z_]/.test(word); word = this.peek()) {
      const basic = BASIC.has(word);
      if (word === 'const' || word === 'CONST') isConst = true;
      else if (word in CONVENTIONS) convention = CONVENTIONS[word];
      else if (word === '__attribute__' || word === '__declspec') {
        this.next++;
        this.skipParentheses();
        continue;
      } else if (!IGNORED.has(word) || word === 'signed') {
        if (words.length > 0 && !(basic && words.every(({ text }) => BASIC.has(text)))) break;
        words.push(this.tokens[this.next] as Token);
      }
      this.next++;
    }
    const first = words[0];
    if (!first) this.fail('expected a type', this.tokens[this.next]?.at ?? this.source.length);
    let type = this.named(canonicalName(words.map(({ text }) => text)), first);
    for (;;) {
      const word = this.peek();
      if (word === '*') {
        type = {
          kind: 'pointer',
          name: `${isConst ? 'const ' : ''}${type.name}${type.kind === 'pointer' ? '*' : ' *'}`,
          target: type,
          const: isConst,
        };
        isConst = false;
      } else if (word === 'const' || word === 'CONST') isConst = type.kind !== 'pointer';
      else if (word !== undefined && word in CONVENTIONS) convention = CONVENTIONS[word];
      else if (word === undefined || !IGNORED.has(word)) break;
      this.next++;
    }
    return { type, convention };
  }

  private named(name: string, token: Token): CType {
    if (name === 'void' || name === 'VOID') return { kind: 'void', name: 'void' };
    const own = Object.hasOwn(this.types, name) ? this.types[name] : undefined;
    const type = own ?? scalarNamed(name, this.pointerBytes) ?? pointerNamed(name, this.pointerBytes);
    if (type) return type;
    const suggestion = nearestName(name, [...KNOWN_TYPE_NAMES, ...Object.keys(this.types)]);
    return this.fail(
      name === 'long double'
        ? 'the type "long double" is the same as double on Windows; write double'
        : `the type "${name}" is not known`,
      token.at,
      'PROTOTYPE_TYPE_UNKNOWN',
      suggestion === undefined
        ? 'Declare it in the `types` of the library.'
        : `Did you mean "${suggestion}"? Otherwise declare it in the \`types\` of the library.`,
    );
  }

  private constBefore(start: number): boolean {
    return /\bconst\b/i.test(this.source.slice(start, this.tokens[this.next]?.at));
  }

  private peek(): string | undefined {
    return this.tokens[this.next]?.text;
  }

  private take(wanted: string): Token {
    const token = this.tokens[this.next];
    if (!token) this.fail(`expected ${wanted}, found the end`, this.source.length);
    this.next++;
    return token;
  }

  private expect(text: string): void {
    const token = this.take(`"${text}"`);
    if (token.text !== text) this.fail(`expected "${text}", found "${token.text}"`, token.at);
  }

  private fail(
    what: string,
    at: number,
    code: 'PROTOTYPE_SYNTAX' | 'PROTOTYPE_TYPE_UNKNOWN' = 'PROTOTYPE_SYNTAX',
    hint = 'Write it as C does, for example `int MulDiv(int a, int b, int c)`.',
  ): never {
    throw new DllparityError(code, {
      what: `in a prototype, ${what}`,
      excerpt: pointAt(this.source, at).excerpt,
      hint,
    });
  }
}

function defaultDirection(type: CType): Direction {
  return type.kind === 'pointer' && !type.const && type.target.kind !== 'function' ? 'inout' : 'in';
}
