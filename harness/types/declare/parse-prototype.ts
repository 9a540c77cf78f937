import { Tokens } from './tokens.ts';
import { type Declaration, type NamedTypes, parseDeclaration } from './parse-declaration.ts';
import type { Convention, CType, FunctionType } from './types.ts';
import { WINDOWS_TYPES } from './windows-types.ts';

const withSdk = (types: NamedTypes): NamedTypes => ({ ...WINDOWS_TYPES, ...types });

/** Parses what a library exports: a function by its prototype as documentation prints it, or a variable. */
export function parseExport(
  source: string,
  types: NamedTypes = {},
  convention?: Convention,
): Declaration & { readonly name: string } {
  const { name, ...rest } = parseDeclaration(source, withSdk(types), convention);
  const fail = (what: string, hint?: string): never =>
    new Tokens(source).fail(
      what,
      name === undefined ? source.length : source.lastIndexOf(name),
      'PROTOTYPE_SYNTAX',
      hint,
    );
  if (name === undefined) return fail('the name is missing');
  const { type, bits } = rest;
  if (bits !== null) return fail('only members of structs are bit-fields');
  if (type.kind === 'void' || type.kind === 'opaque') return fail(`a variable cannot have the type "${type.name}"`);
  if (type.kind === 'array' && type.countedBy !== null) {
    return fail(`the length "${type.countedBy}" is no number`, 'Write the number: declarations know no macros.');
  }
  return { name, ...rest };
}

/** Parses a C prototype: annotations, calling conventions, arrays and functions as parameters, `...` are understood. */
export function parsePrototype(source: string, types: NamedTypes = {}): FunctionType {
  const { name, type } = parseDeclaration(source, withSdk(types));
  const tokens = new Tokens(source);
  if (type.kind !== 'function') return tokens.fail('expected "("', source.trimEnd().length);
  if (name === undefined) return tokens.fail('expected the name of the function, found "("', source.indexOf('('));
  return type;
}

const parsed = new Map<string, CType>();

/** Parses a type alone, such as `const char *` or `int (__stdcall *)(int)`. */
export function parseType(source: string, types?: NamedTypes): CType {
  // The same few types are read again and again: `pointer.read('int')`, `as(1, 'double')`.
  let type = types === undefined ? parsed.get(source) : undefined;
  if (!type) {
    const declared = parseDeclaration(source, withSdk(types ?? {}));
    if (declared.name !== undefined) {
      new Tokens(source).fail(`"${declared.name}" is too much`, source.lastIndexOf(declared.name));
    }
    if (declared.bits !== null) new Tokens(source).fail('only members of structs are bit-fields', source.indexOf(':'));
    ({ type } = declared);
    if (types === undefined) parsed.set(source, type);
  }
  return type;
}

/** Parses the type of a callback or of a function behind a pointer: `int (*)(int)`, or a prototype. */
export function parseFunctionType(source: string, types: NamedTypes = {}): FunctionType {
  const { type } = parseDeclaration(source, withSdk(types));
  const target = type.kind === 'pointer' ? type.target : type;
  if (target.kind === 'function') return target;
  return new Tokens(source).fail(`expected a function, found the type "${type.name}"`, 0);
}
