// Types of declarations as C writes them.
import type { CType, FunctionType, RecordType, ScalarCode } from '../../types/declare/types.ts';
import { identifier } from './c-text.ts';
import { NotInC } from './not-in-c.ts';

const SCALARS = {
  bool: 'unsigned char', int8: 'signed char', uint8: 'unsigned char', int16: 'short', uint16: 'unsigned short', int32: 'int',
  uint32: 'unsigned int', int64: 'long long', uint64: 'unsigned long long', float: 'float', double: 'double',
  intptr: 'intptr_t', uintptr: 'uintptr_t',
} as const; // prettier-ignore

/** Names that mean in C what they mean in a declaration. */
const OWN_NAMES =
  /^(unsigned |signed )?(char|short|int|long|long long|__int64)$|^(size_t|wchar_t|wint_t|float|double)$/;

/** Types of one program: structs are defined once, before they are used. */
export class CTypes {
  private readonly records = new Map<RecordType, string>();
  /** Lines that define the structs. */
  readonly definitions: string[] = [];

  /** How `name` is declared with this type. Throws NotInC. */
  declare(type: CType, name = ''): string {
    const spaced = name === '' ? '' : ` ${name}`;
    switch (type.kind) {
      case 'void':
      case 'opaque':
        return `void${spaced}`;
      case 'scalar':
        return `${scalarName(type.code, type.text, type.name)}${spaced}`;
      case 'enum':
        return `${SCALARS[type.code]}${spaced}`;
      case 'pointer':
        if (type.target.kind === 'function') throw new NotInC('it takes a callback');
        if (type.target.kind === 'array') return this.declare(type.target, `(*${name})`);
        return `${type.const ? 'const ' : ''}${this.declare(type.target, `*${name}`)}`;
      case 'array':
        return this.declare(type.element, `${name}[${(type.length ?? 1).toString()}]`);
      case 'struct':
      case 'union':
        return `${type.kind} ${this.record(type)}${spaced}`;
      case 'function':
        throw new NotInC('it takes a callback');
    }
  }

  /** The type of a pointer to the function. */
  functionPointer({ convention, parameters, result, variadic }: FunctionType, name: string): string {
    const list = [...parameters.map(({ type }) => this.declare(type)), ...(variadic ? ['...'] : [])];
    return this.declare(result, `(__${convention} *${name})(${list.length === 0 ? 'void' : list.join(', ')})`);
  }

  private record(type: RecordType): string {
    const known = this.records.get(type);
    if (known !== undefined) return known;
    const taken = new Set(this.records.values());
    // Headers of C have some of the same name.
    let name = `${type.name.replace(/^(struct|union) /, '').replaceAll(/\W/g, '_')}_of_dll`;
    while (taken.has(name)) name = `${name}_`;
    this.records.set(type, name);
    const members = type.members.map((member) => {
      const bits = member.bits === null ? '' : ` : ${member.bits.toString()}`;
      return `    ${this.declare(member.type, identifier(member.name))}${bits};`;
    });
    const align = type.align === null ? '' : ` __attribute__((aligned(${type.align.toString()})))`;
    this.definitions.push(
      ...(type.pack === null ? [] : [`#pragma pack(push, ${type.pack.toString()})`]),
      `${type.kind} ${name}`,
      '{',
      ...members,
      `}${align};`,
      ...(type.pack === null ? [] : ['#pragma pack(pop)']),
      '',
    );
    return name;
  }
}

function scalarName(code: ScalarCode | 'intptr' | 'uintptr', text: 'char' | 'wchar' | null, name: string): string {
  if (OWN_NAMES.test(name)) return name;
  if (text !== null) return text === 'char' ? 'char' : 'wchar_t';
  return SCALARS[code];
}
