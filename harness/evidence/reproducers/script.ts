import { isInput } from '../suites/inputs.ts';
import type { DeclaredFunction, LibraryDeclaration } from '../../types/declare/library.ts';
import type { CType, RecordType } from '../../types/declare/types.ts';
import type { Behaviour } from '../suites/behaviour.ts';
import type { Json } from '../compare/json.ts';
import { scriptArgument, scriptOut, scriptVariadic } from './script-values.ts';

/** What a script is about. */
export interface ScriptRequest {
  readonly behaviour: Behaviour;
  readonly inputs: readonly Json[];
  readonly runtime: string;
  /** Microsoft's DLL on this machine, to be tried in its place. */
  readonly native: string | undefined;
}

/** A TypeScript program that makes one call with `agent.load`, without a suite. */
export function writeScript({ behaviour, inputs, runtime, native }: ScriptRequest): string {
  const { declared, library } = behaviour;
  const name = library.dll.replace(/\.dll$/, '');
  const head = [
    `// Wine's DLL as ${runtime} has it.`,
    ...(native === undefined
      ? []
      : [`// For Microsoft's: bootAgent({ ..., dllOverrides: { ${JSON.stringify(name)}: 'native' } }) and load(dll, ${JSON.stringify(native)}).`]),
  ]; // prettier-ignore
  if (declared === undefined)
    return [...head, `// The suite's script, with the input ${JSON.stringify(inputs[0] ?? null)}.`, ''].join('\n');
  const call = callText(declared, inputs);
  return [
    ...head,
    `import { ${[...call.imports, 'bootAgent', 'library'].toSorted().join(', ')} } from 'dllparity/agent';`,
    '',
    ...declarationLines(declared, library),
    '',
    `await using agent = await bootAgent({ runtime: '${runtime}' });`,
    `const { ${key(declared)} } = agent.load(dll);`,
    ...call.lines,
    '',
  ].join('\n');
}

/** The name under which a library has a function. */
function key(declared: DeclaredFunction): string {
  return Object.entries(declared.library.functions).find(([, fn]) => fn === declared)?.[0] ?? declared.name;
}

function callText(declared: DeclaredFunction, inputs: readonly Json[]): { lines: string[]; imports: string[] } {
  const { parameters } = declared.type;
  let next = 0;
  const memories: string[] = [];
  const args = parameters.map((parameter) => {
    const text = isInput(parameter) ? scriptArgument(inputs[next++] ?? null, parameter.type) : scriptOut(parameter);
    const isWritten = parameter.type.kind === 'pointer' && parameter.direction !== 'in' && text !== 'null';
    if (!isWritten) return text;
    memories.push(`const ${parameter.name} = ${text};`);
    return parameter.name;
  });
  const variadic = inputs.slice(next).map(scriptVariadic);
  const seen = memories.map((line) => line.split(' ')[1] ?? '');
  const records = [...recordsOf(declared).values()];
  return {
    lines: [
      ...memories,
      `const outcome = ${key(declared)}.outcome(${[...args, ...variadic].join(', ')});`,
      `console.log(${['outcome', ...seen].join(', ')});`,
    ],
    imports: [
      ...(variadic.length > 0 ? ['as'] : []),
      ...new Set(records.map(({ kind }) => kind as string)),
    ],
  }; // prettier-ignore
}

function declarationLines(declared: DeclaredFunction, library: LibraryDeclaration): string[] {
  const records = [...recordsOf(declared)].map(([name, type]) => {
    const members = type.members.map((member) => `${JSON.stringify(member.name)}: ${JSON.stringify(member.type.name)}`);
    const pack = type.pack === null ? '' : `, { pack: ${type.pack.toString()} }`;
    return `    ${JSON.stringify(name)}: ${type.kind}(${JSON.stringify(name)}, { ${members.join(', ')} }${pack}),`;
  });
  const options = [
    ...(records.length > 0 ? ['  types: {', ...records, '  },'] : []),
    ...(library.errno === undefined ? [] : [`  errno: ${JSON.stringify(library.errno)},`]),
    ...(library.encoding === 'utf8' ? [] : [`  encoding: ${JSON.stringify(library.encoding)},`]),
    ...(declared.exportedAs === undefined
      ? []
      : [`  exports: { ${JSON.stringify(key(declared))}: ${JSON.stringify(declared.exportedAs)} },`]),
    ...(declared.type.convention === 'cdecl' ? [] : [`  convention: '${declared.type.convention}',`]),
  ];
  return [
    `const dll = library(${JSON.stringify(library.path)}, { ${JSON.stringify(key(declared))}: ${JSON.stringify(declared.prototype)} }, {`,
    ...options,
    '});',
  ];
}

/** Structs and unions that a function is declared with, those that others are made of first. */
function recordsOf({ type }: DeclaredFunction): Map<string, RecordType> {
  const found = new Map<string, RecordType>();
  const visit = (each: CType): void => {
    if (each.kind === 'pointer') visit(each.target);
    if (each.kind === 'array') visit(each.element);
    if (each.kind !== 'struct' && each.kind !== 'union') return;
    if (found.has(each.name)) return;
    for (const member of each.members) visit(member.type);
    found.set(each.name, each);
  };
  visit(type.result);
  for (const parameter of type.parameters) visit(parameter.type);
  return found;
}
