// Types by the names that facts use: those of the notation, structs of the files, and what C declarations know.
import { parseType } from '../../types/declare/parse-prototype.ts';
import { struct } from '../../types/declare/struct.ts';
import type { CType, RecordType } from '../../types/declare/types.ts';
import { CRT_TYPES } from './crt-types.ts';

/** What the notation calls a type, and what C does. */
const NAMES: Readonly<Record<string, string>> = {
  int8: 'int8_t',
  uint8: 'uint8_t',
  int16: 'int16_t',
  uint16: 'uint16_t',
  int32: 'int32_t',
  uint32: 'uint32_t',
  int64: 'int64_t',
  uint64: 'uint64_t',
  // As wide as a UTF-16 unit, which makes it text.
  char16: 'wchar_t',
  pointer: 'void *',
  ptr: 'void *',
};

/** Names of types that are proposed where one is not known. */
export const TYPE_NAMES: readonly string[] = [
  ...Object.keys(NAMES),
  'char',
  'wchar_t',
  'float',
  'double',
  'size_t',
  'intptr_t',
  'uintptr_t',
];

/** A struct as a file of facts declares it. */
export interface StructDefinition {
  readonly name: string;
  readonly pack?: 1 | 2 | 4 | 8 | 16 | undefined;
  readonly fields: readonly { readonly name: string; readonly type: string; readonly to?: string | undefined }[];
}

/** The types of a run. */
export class FactTypes {
  readonly #named: Record<string, CType> = { ...CRT_TYPES };
  readonly #found = new Map<string, CType>();

  /** For prototypes. */
  get named(): Readonly<Record<string, CType>> {
    return this.#named;
  }

  /** Declares a struct; those that its members name are declared before it. Throws what is wrong with a member. */
  define({ name, pack, fields }: StructDefinition): void {
    const members = Object.fromEntries(
      fields.map(({ name: member, type, to }) => [member, this.#memberType(type, to)] as const),
    );
    this.#named[name] = struct(name, members, pack === undefined ? {} : { pack });
    this.#found.clear();
  }

  /** The type of that name; throws where there is none. */
  type(name: string): CType {
    let type = this.#found.get(name);
    if (!type) {
      type = parseType(NAMES[name] ?? name, this.#named);
      this.#found.set(name, type);
    }
    return type;
  }

  /** The struct of that name, or undefined. */
  record(name: string): RecordType | undefined {
    const type = Object.hasOwn(this.#named, name) ? this.#named[name] : this.#typeOrNone(name);
    return type?.kind === 'struct' || type?.kind === 'union' ? type : undefined;
  }

  #typeOrNone(name: string): CType | undefined {
    try {
      return this.type(name);
    } catch {
      return undefined;
    }
  }

  #memberType(written: string, to: string | undefined): CType {
    const [, base = written, dimension = ''] = /^(.*?)\s*((?:\[\d+\])*)$/.exec(written) ?? [];
    if ((base === 'ptr' || base === 'pointer') && dimension === '')
      return this.type(to === undefined ? 'void *' : `${NAMES[to] ?? to} *`);
    return parseType(`${NAMES[base] ?? base}${dimension}`, this.#named);
  }
}
