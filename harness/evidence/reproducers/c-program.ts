import { typeOf } from '../../types/declare/type-objects.ts';
import type { DeclaredFunction } from '../../types/declare/library.ts';
import type { CType, Parameter } from '../../types/declare/types.ts';
import type { Json } from '../compare/json.ts';
import { argumentsFromJson, isInput } from '../suites/inputs.ts';
import { HELPERS, type Helper, REPORT_FAULT } from './c-helpers.ts';
import { initialiser, type Memory, memoryOf, placeOf } from './c-memory.ts';
import { Prints } from './c-prints.ts';
import { commentText, identifier, stringLiteral } from './c-text.ts';
import { CTypes } from './c-types.ts';
import { NotInC } from './not-in-c.ts';

/** What a program in C is about. */
export interface ProgramRequest {
  readonly declared: DeclaredFunction;
  readonly inputs: readonly Json[];
  readonly architecture: 'x64' | 'ia32';
  /** Lines for the comment at its head. */
  readonly about: readonly string[];
}

/** One argument: its expression, and the memory that it points to. */
interface Argument {
  readonly expression: string;
  readonly memory: Memory | undefined;
  /** Name for what the function leaves there; undefined where it only reads. */
  readonly written: string | undefined;
}

/**
 * A program that makes one call by itself and prints what came of it: result, errno, memory behind arguments, or the fault. It takes
 * the DLL from the path in its first argument, and by its name without one.
 *
 * @throws NotInC for what a program cannot say, such as a callback
 */
export function writeProgram({ declared, inputs, architecture, about }: ProgramRequest): string {
  const { type, library } = declared;
  const types = new CTypes();
  const functionType = types.functionPointer(type, 'function_type');
  const args = argumentList(types, declared, inputs);
  const memories = args.flatMap(({ memory }) => memory ?? []);
  const prints = new Prints();
  prints.result(type.result);
  for (const { memory, written } of args) if (memory && written !== undefined) prints.memory(memory, written);
  const hasResult = type.result.kind !== 'void';
  const body = [
    `HMODULE dll = LoadLibraryA(argc > 1 ? argv[1] : ${stringLiteral(declared.dll)});`,
    'function_type function;',
    ...(library.errno === undefined ? [] : ['int *(__cdecl *errno_of)(void);', 'int error_number;']),
    ...(hasResult ? [`${types.declare(type.result, 'result')};`] : []),
    ...memories.map(({ declaration }) => declaration),
    ...(prints.used.has('put_place') ? placeTable(memories) : []),
    '',
    'if (dll == NULL)',
    '{',
    '    printf("the DLL cannot be loaded: error %lu\\n", GetLastError());',
    '    return 2;',
    '}',
    ...lookUp(declared, architecture),
    ...(library.errno === undefined
      ? []
      : [`errno_of = (void *)GetProcAddress(dll, ${stringLiteral(library.errno)});`]),
    'if (function == NULL)',
    '{',
    '    printf("the function is not exported\\n");',
    '    return 2;',
    '}',
    // Programs of Visual Studio calculate with 53 bits on ia32, those of mingw with 64.
    ...(architecture === 'ia32' ? ['_controlfp(_PC_53, _MCW_PC);'] : []),
    'AddVectoredExceptionHandler(1, report_fault);',
    ...memories.flatMap(({ statements }) => statements),
    ...(library.errno === undefined ? [] : ['if (errno_of != NULL) *errno_of() = 0;']),
    `${hasResult ? 'result = ' : ''}function(${args.map(({ expression }) => expression).join(', ')});`,
    ...(library.errno === undefined ? [] : ['error_number = errno_of != NULL ? *errno_of() : 0;']),
    ...prints.statements,
    ...(library.errno === undefined ? [] : ['printf("errno = %d\\n", error_number);']),
    'return 0;',
  ];
  return [
    '/*',
    ...about.map((line) => ` * ${commentText(line)}`.trimEnd()),
    ' */',
    '#define __USE_MINGW_ANSI_STDIO 1',
    '#define WIN32_LEAN_AND_MEAN',
    '#include <windows.h>',
    ...(architecture === 'ia32' ? ['#include <float.h>'] : []),
    '#include <math.h>',
    '#include <stdint.h>',
    '#include <stdio.h>',
    '#include <string.h>',
    '#include <wchar.h>',
    '',
    ...types.definitions,
    `typedef ${functionType};`,
    '',
    ...(prints.used.has('put_place')
      ? ['static struct { const char *name; const void *start; size_t bytes; } places[72];', '']
      : []),
    ...helpers(prints.used),
    REPORT_FAULT,
    '',
    'int main(int argc, char **argv)',
    '{',
    ...body.map((line) => (line === '' ? '' : `    ${line}`)),
    '}',
    '',
  ].join('\n');
}

function helpers(used: ReadonlySet<Helper>): string[] {
  return Object.entries(HELPERS).flatMap(([name, text]) => (used.has(name as Helper) ? [text, ''] : []));
}

/** Fills the table of what pointers may point into. Statements follow declarations: C allows both in any order since 1999. */
function placeTable(memories: readonly Memory[]): string[] {
  return memories.map(
    ({ name, count }, index) =>
      `places[${index.toString()}].name = "${name}", places[${index.toString()}].start = ${name}, places[${index.toString()}].bytes = ${count === 0 ? '0' : `sizeof ${name}`};`,
  );
}

/** Finds the function. 32-bit DLLs may export stdcall functions with the bytes of their arguments. */
function lookUp({ exportedAs, name, type }: DeclaredFunction, architecture: 'x64' | 'ia32'): string[] {
  if (typeof exportedAs === 'number')
    return [`function = (function_type)(void *)GetProcAddress(dll, MAKEINTRESOURCEA(${exportedAs.toString()}));`];
  const find = (exported: string): string =>
    `function = (function_type)(void *)GetProcAddress(dll, ${stringLiteral(exported)});`;
  const plain = find(exportedAs ?? name);
  if (architecture !== 'ia32' || type.convention !== 'stdcall') return [plain];
  const bytes = type.parameters.reduce((sum, parameter) => sum + stackBytes(parameter.type), 0);
  return [plain, `if (function == NULL) ${find(`_${name}@${bytes.toString()}`)}`];
}

function stackBytes(type: CType): number {
  return type.kind === 'scalar' && ['double', 'int64', 'uint64'].includes(type.code) ? 8 : 4;
}

function argumentList(types: CTypes, declared: DeclaredFunction, inputs: readonly Json[]): Argument[] {
  const { parameters } = declared.type;
  let next = 0;
  const names = new Set<string>();
  const nameOf = (wanted: string): string => {
    let name = identifier(wanted);
    while (names.has(name)) name = `${name}_`;
    names.add(name);
    return name;
  };
  // How much room a parameter needs that is only written to, the others say.
  const made = argumentsFromJson(inputs, parameters);
  const fixed = parameters.map((parameter, index) =>
    isInput(parameter)
      ? argument(types, nameOf, parameter, inputs[next++] ?? null)
      : outArgument(types, nameOf, parameter, made[index]),
  );
  const variadic = inputs.slice(next).map((json, index) => {
    const { as, value } = json as { readonly as: string; readonly value: Json };
    const type = typeOf(as);
    const name = `argument ${(next + index).toString()}`;
    const direction = type.kind === 'pointer' && !type.const ? 'inout' : 'in';
    return argument(types, nameOf, { name, type, direction, extent: null, stored: null, least: null }, value);
  });
  return [...fixed, ...variadic];
}

function argument(types: CTypes, nameOf: (wanted: string) => string, parameter: Parameter, json: Json): Argument {
  const { type, direction, name } = parameter;
  if (type.kind === 'pointer') {
    if (type.target.kind === 'function') throw new NotInC('it takes a callback');
    if (json === null) return { expression: 'NULL', memory: undefined, written: undefined };
    const memory = memoryOf(types, nameOf(name), type, json);
    return { expression: cast(types, parameter, memory), memory, written: direction === 'in' ? undefined : name };
  }
  if (type.kind === 'struct' || type.kind === 'union')
    return { expression: `(${types.declare(type)})${initialiser(type, json)}`, memory: undefined, written: undefined };
  const value = initialiser(type, json);
  return { expression: /[.eA-Z]/.test(value) ? value : `(${types.declare(type)})${value}`, memory: undefined, written: undefined };
} // prettier-ignore

function outArgument(types: CTypes, nameOf: (wanted: string) => string, parameter: Parameter, made: unknown): Argument {
  const { type, name } = parameter;
  if (type.kind !== 'pointer') throw new NotInC(`${name} is written to, and no pointer`);
  const count = Array.isArray(made) || ArrayBuffer.isView(made) ? (made as unknown as ArrayLike<unknown>).length : 1;
  const memory = placeOf(types, nameOf(name), type.target, count);
  return { expression: cast(types, parameter, memory), memory, written: name };
}

/** Memory as the function wants it, where the elements have another type. */
function cast(types: CTypes, { type }: Parameter, { name, element }: Memory): string {
  if (type.kind === 'pointer' && types.declare(type.target) === types.declare(element)) return name;
  return `(${types.declare(type)})${name}`;
}
