// What is said of declarations that cannot be read: what is wrong, and what to write instead.
import { nearestName } from '../../base/nearest-name.ts';
import { KNOWN_TYPE_NAMES } from './named-types.ts';
import type { Tokens } from './tokens.ts';

/** Whether a word is a type, or begins one. */
type IsType = (word: string) => boolean;

/** Macros of COM headers that hold a result type and a convention: STDAPI, WINOLEAPI_(int). */
const RESULT_MACRO = /^(?:STDAPI|STDMETHOD|STDMETHODIMP|(?:WINOLE|WINOLEAUT|SHSTD|LWSTD|PSSTD|SHDOC|SHFOLDER)API)V?_?$/;
/** Beyond this length a name is no typing error, and the search for a near one takes its time. */
const MAX_NAME_LENGTH = 60;

/** Types that travel in registers of their own, or as wide as no register here: what they are, and what to write instead. */
const UNCARRIED: readonly (readonly [names: RegExp, what: string, hint: string])[] = [
  [
    /^(?:_Float16|__fp16|__half|half|__bf16)$/,
    'is half precision, which C has no type for on Windows: compilers do not agree how it is passed',
    'Memory that holds such numbers is `uint16_t`, their bits. A function that takes or returns one needs a wrapper in C that takes a float.',
  ],
  [
    /^__m64$/,
    'is a vector: on ia32 it travels in an MMX register, and those are not carried',
    'On x64 it travels as an integer: write uint64_t. For ia32 wrap the function in C.',
  ],
  [
    /^__m(?:128|256|512)[a-z]*$/,
    'is a vector: it travels in SSE or AVX registers, and those are not carried',
    'Wrap the function in C, with pointers in place of vectors, and declare those as `float *`, `double *` or `int *`.',
  ],
];

const MACRO = (name: string): string =>
  `If ${name} is a macro, leave it out; if it stands for a calling convention, write that one, such as __stdcall.`;

export function refuseConvention(tokens: Tokens, word: string): never {
  return tokens.fail(
    `the calling convention ${word} is not supported`,
    tokens.at,
    'PROTOTYPE_SYNTAX',
    'Supported are __cdecl, __stdcall, __fastcall and __thiscall; on x64 they are all one. Wrap other functions in a DLL of your own.',
  );
}

/** What stands behind a whole declaration, where there are better words than that it is too much. */
export function refuseRest(tokens: Tokens, name: string | undefined, isType: IsType): void {
  const text = tokens.peek();
  const { at } = tokens;
  if (text === '{') tokens.fail('"{" is too much', at, 'PROTOTYPE_SYNTAX', 'Leave the body out.');
  if (text === ',') tokens.fail('"," is too much', at, 'PROTOTYPE_SYNTAX', 'Declare each name by itself.');
  if (name !== undefined && text !== undefined) refuseMacro(tokens, name, { text, at }, isType);
}

/** Two names one after the other: the first has to be a macro. */
export function refuseMacro(
  tokens: Tokens,
  macro: string,
  { text, at }: { readonly text: string; readonly at: number },
  isType: IsType,
): void {
  if (!/^[A-Za-z_]/.test(text) || isType(text)) return;
  tokens.fail(`"${text}" is too much, since "${macro}" was taken for the name`, at, 'PROTOTYPE_SYNTAX', MACRO(macro));
}

export function refuseWithoutType(tokens: Tokens): never {
  const found = tokens.peek();
  if (found === '{') return refuseBody(tokens);
  return tokens.fail(`expected a type, found ${found === undefined ? 'the end' : `"${found}"`}`, tokens.at);
}

/** `struct point { int x; } p` */
function refuseBody(tokens: Tokens): never {
  return tokens.fail(
    'the members of a struct, union or enumeration have no place',
    tokens.at,
    'PROTOTYPE_SYNTAX',
    "Make the type with `struct`, `union` or `enumeration`, and name it here: `struct('point', { x: 'int', y: 'int' })`.",
  );
}

/** @param tokens stand at what follows the name */
export function refuseUnknown(
  tokens: Tokens,
  name: string,
  at: number,
  isType: IsType,
  ownTypes: readonly string[],
): never {
  const fail = (what: string, hint: string): never => tokens.fail(what, at, 'PROTOTYPE_TYPE_UNKNOWN', hint);
  const unknown = `the type "${name}" is not known`;
  const next = tokens.peek() ?? '';
  if (name === 'long double') return fail(`the type "${name}" is the same as double on Windows`, 'Write double.');
  const uncarried = UNCARRIED.find(([names]) => names.test(name));
  if (uncarried) return fail(`the type "${name}" ${uncarried[1]}`, uncarried[2]);
  if (next === '{') return refuseBody(tokens);
  if (next === ':' || next === '<') {
    return fail(`the type "${name}" is one of C++`, 'Only C is read here. Of C++, wrap what is needed in C functions.');
  }
  if (RESULT_MACRO.test(name)) {
    const result = name.endsWith('_') ? 'the type in its parentheses' : 'HRESULT';
    return fail(`"${name}" is a macro for a result and a convention`, `Write ${result} and WINAPI in its place.`);
  }
  if (isType(next) || (tokens.isName() && (tokens.isName(1) || tokens.peek(1) === '*'))) {
    return fail(`${unknown}, and what looks like a type follows it`, MACRO(name));
  }
  if (next === '(' && tokens.peek(1) !== '*' && tokens.source.slice(0, at).trim() === '') {
    return fail(unknown, 'If it is the name of the function, its result is missing: void?');
  }
  if (/(?:proc[aw]?|routine|callback|_fn|_func)$/i.test(name)) {
    return fail(
      unknown,
      'If it is a pointer to a function, write that out: `BOOL (CALLBACK *name)(HWND window, LPARAM value)`.',
    );
  }
  const near = name.length > MAX_NAME_LENGTH ? undefined : nearestName(name, [...KNOWN_TYPE_NAMES, ...ownTypes]);
  const declare =
    'eclare it in the `types` of the library, with `struct`, `union`, `enumeration`, `alias` or `opaque`.';
  const later =
    next === '*'
      ? ` For a pointer to a struct that is declared later, \`types: { ${name}: opaque('${name}') }\` will do.`
      : '';
  return fail(unknown, (near === undefined ? `D${declare}` : `Did you mean "${near}"? Otherwise d${declare}`) + later);
}
