// Arguments of a fact as bytes: JavaScript's numbers would lose the payload of a NaN and the sign of what is not compared.
import { layoutOf } from '../../types/abi/layout.ts';
import type { Layout, RecordLayout, ScalarLayout } from '../../types/abi/layout-kinds.ts';
import { parseType } from '../../types/declare/parse-prototype.ts';
import type { Parameter } from '../../types/declare/types.ts';
import { isArgument } from './check-fact.ts';
import type { Argument, Content, Fact, Inside, MemberValue, Plain, StructContent } from './fact.ts';
import type { Block, FactMemory } from './fact-memory.ts';
import type { FactTypes } from './fact-types.ts';
import { bitsOf, bytesOf, floatingBits, integerBits, integerOf, numberOf } from './number-bits.ts';
import { Unsupported } from './unsupported.ts';

/** One argument as it is passed. */
export interface Passed {
  readonly layout: Layout;
  /** As many as the layout has. */
  readonly bytes: Uint8Array;
}

/** What a struct is still to be prepared with by calls. */
export interface Preparation {
  readonly block: Block;
  readonly content: Extract<StructContent, { kind: 'after' }>;
}

export interface Arguments {
  readonly passed: readonly Passed[];
  /** By index; those without memory have none. */
  readonly blocks: readonly (Block | undefined)[];
  /** Of the arguments in the va_list. */
  readonly vaBlocks: readonly (Block | undefined)[];
  readonly preparations: readonly Preparation[];
}

/** Gives a callback, by what it does in words and its type in the prototype. */
export type CallbackAddress = (words: string, parameter: Parameter) => bigint;

export function buildArguments(fact: Fact, memory: FactMemory, types: FactTypes, callback: CallbackAddress): Arguments {
  return new Builder(fact, memory, types, callback).build();
}

class Builder {
  readonly #fact: Fact;
  readonly #memory: FactMemory;
  readonly #types: FactTypes;
  readonly #callback: CallbackAddress;
  readonly #blocks: (Block | undefined)[] = [];
  #vaBlocks: readonly (Block | undefined)[] = [];
  readonly #preparations: Preparation[] = [];

  constructor(fact: Fact, memory: FactMemory, types: FactTypes, callback: CallbackAddress) {
    this.#fact = fact;
    this.#memory = memory;
    this.#types = types;
    this.#callback = callback;
  }

  build(): Arguments {
    const { args, declared } = this.#fact;
    const { parameters } = declared.type;
    // Memory comes first: arguments may point into others that stand behind them.
    for (const [index, argument] of args.entries()) this.#blocks[index] = this.#blockFor(argument);
    const passed = args.map((argument, index) => this.#passed(argument, parameters[index], this.#blocks[index]));
    return { passed, blocks: this.#blocks, vaBlocks: this.#vaBlocks, preparations: this.#preparations };
  }

  /** The memory behind an argument, undefined for one that has none. */
  #blockFor(argument: Argument): Block | undefined {
    switch (argument.kind) {
      case 'memory':
        return this.#memoryBlock(argument);
      case 'struct':
        return this.#structBlock(argument.name, argument.content);
      case 'va-list':
        return this.#vaList(argument);
      default:
        return undefined;
    }
  }

  #memoryBlock({ element, count, content }: Extract<Argument, { kind: 'memory' }>): Block {
    const layout = this.#layout(element);
    const unit = layout.bytes;
    const least = contentUnits(content, unit);
    const bytes = (count ?? least) * unit;
    const offset = this.#memory.allocate(Math.max(bytes, least * unit));
    this.#writeContent(offset, bytes, layout, content);
    return { offset, bytes, element: layout };
  }

  #writeContent(offset: number, room: number, element: Layout, content: Content): void {
    const memory = this.#memory;
    switch (content.kind) {
      case 'zero':
        return;
      case 'text': {
        const bytes = Buffer.from(content.text, element.bytes === 2 ? 'utf16le' : 'latin1');
        memory.write(offset, bytes.subarray(0, room));
        return;
      }
      case 'bytes': {
        memory.write(offset, content.bytes);
        return;
      }
      case 'fill': {
        memory.fill(offset, room, content.byte);
        return;
      }
      case 'units': {
        content.values.forEach((value, i) => {
          memory.write(offset + i * element.bytes, this.#valueBytes(value, element));
        });
        return;
      }
      case 'slots': {
        content.values.forEach((value, i) => {
          const { bytes } = this.#passed(value, undefined, this.#blockFor(value));
          memory.write(offset + i * element.bytes, bytes.subarray(0, element.bytes));
        });
        return;
      }
    }
  }

  #structBlock(name: string, content: StructContent): Block {
    const record = this.#types.record(name);
    if (!record) throw new Unsupported(`there is no struct ${name}`);
    const layout = layoutOf(record, this.#memory.pointerBytes);
    const block: Block = { offset: this.#memory.allocate(layout.bytes), bytes: layout.bytes, element: layout };
    if (content.kind === 'fields') this.#writeFields(block.offset, layout, content.fields);
    else if (content.kind === 'after') this.#preparations.push({ block, content });
    else this.#writeContent(block.offset, layout.bytes, layout, content);
    return block;
  }

  #writeFields(offset: number, record: RecordLayout, fields: Readonly<Record<string, MemberValue>>): void {
    for (const { name, layout, offset: at } of record.members) {
      const value = fields[name];
      if (value !== undefined) this.#writeMember(offset + at, layout, value);
    }
  }

  #writeMember(offset: number, layout: Layout, value: MemberValue): void {
    const memory = this.#memory;
    if (typeof value !== 'object') {
      memory.write(offset, this.#valueBytes(value, layout));
      return;
    }
    if (isArgument(value)) {
      const { bytes } = this.#passed(value, undefined, this.#blockFor(value));
      memory.write(offset, bytes.subarray(0, layout.bytes));
      return;
    }
    if (Array.isArray(value)) {
      if (layout.kind !== 'array') throw new Unsupported(`a list was given for ${layout.name}`);
      (value as readonly Plain[]).forEach((each, i) => {
        memory.write(offset + i * layout.element.bytes, this.#valueBytes(each, layout.element));
      });
      return;
    }
    if (layout.kind !== 'struct' && layout.kind !== 'union') throw new Unsupported(`${layout.name} is no struct`);
    this.#writeFields(offset, layout, value as Readonly<Record<string, MemberValue>>);
  }

  /** The slots that a va_list points to. */
  #vaList({ values, isBehind }: Extract<Argument, { kind: 'va-list' }>): Block {
    const { pointerBytes } = this.#memory;
    const blocks = values.map((value) => this.#blockFor(value));
    const slots = values.map((value, i) => this.#passed(value, undefined, blocks[i]).bytes);
    const sizes = slots.map(({ length }) => Math.max(pointerBytes, (length + pointerBytes - 1) & -pointerBytes));
    const bytes = sizes.reduce((sum, each) => sum + each, 0);
    const offset = this.#memory.allocate(bytes);
    let at = offset;
    slots.forEach((slot, i) => {
      this.#memory.write(at, slot);
      at += sizes[i] ?? 0;
    });
    this.#vaBlocks = blocks;
    const element = this.#layout('uintptr_t');
    if (!isBehind) return { offset, bytes, element };
    const pointer = this.#memory.allocate(pointerBytes);
    this.#memory.writeAddress(pointer, this.#memory.addressOf(offset));
    return { offset: pointer, bytes: pointerBytes, element };
  }

  #passed(argument: Argument, parameter: Parameter | undefined, block: Block | undefined): Passed {
    const pointer = this.#layout('void *');
    const address = (to: bigint): Passed => ({ layout: pointer, bytes: bytesOf(to, pointer.bytes) });
    switch (argument.kind) {
      case 'scalar':
        return this.#scalar(argument, parameter);
      case 'inside':
        return address(this.#inside(argument));
      case 'callback':
        if (!parameter) throw new Unsupported('a callback has to have a parameter, which says its type');
        return address(this.#callback(argument.words, parameter));
      case 'struct':
        if (block && (parameter?.type.kind === 'struct' || parameter?.type.kind === 'union')) {
          return { layout: block.element, bytes: this.#memory.read(block.offset, block.bytes) };
        }
        break;
      default:
        break;
    }
    return address(block ? this.#memory.addressOf(block.offset) : 0n);
  }

  #inside({ argument, offset, unit }: Inside): bigint {
    const block = this.#blocks[argument];
    if (!block) throw new Unsupported(`argument ${String(argument)} is no memory that another could point into`);
    return this.#memory.addressOf(block.offset) + BigInt(unit === 'bytes' ? offset : offset * block.element.bytes);
  }

  /** A value in the type of its parameter; behind `...` in what C promotes its own type to. */
  #scalar({ type, value }: Extract<Argument, { kind: 'scalar' }>, parameter: Parameter | undefined): Passed {
    const own = this.#layout(type);
    const layout = parameter ? layoutOf(parameter.type, this.#memory.pointerBytes) : this.#promoted(own);
    const isFloating = own.kind === 'scalar' && (own.code === 'float' || own.code === 'double');
    if (layout.kind === 'scalar' && (layout.code === 'float' || layout.code === 'double')) {
      if (!isFloating) throw new Unsupported(`${type} was given where ${layout.name} is wanted`);
      // What is written as a float is one, whatever it is passed as.
      const exact = own.code === 'float' && layout.code === 'double' ? numberOf(Math.fround(numberOf(value))) : value;
      return { layout, bytes: bytesOf(floatingBits(exact, layout.code), layout.bytes) };
    }
    if (isFloating) throw new Unsupported(`${type} was given where ${layout.name} is wanted`);
    // As a pointer of this architecture: facts give size_t and the like in 64 bits.
    const whole = integerOf(value);
    if (whole === undefined) throw new Unsupported(`${String(value)} is no whole number that could be read`);
    if (own.kind === 'scalar' && !/^u?int(ptr_t|64)$|^size_t$/.test(type)) this.#valueBytes(value, own);
    return { layout, bytes: bytesOf(BigInt.asUintN(layout.bytes * 8, whole), layout.bytes) };
  }

  #promoted(own: Layout): Layout {
    if (own.kind !== 'scalar') return own;
    if (own.code === 'float') return this.#layout('double');
    return own.bytes < 4 ? this.#layout('int') : own;
  }

  /** A value in memory. */
  #valueBytes(value: Plain, layout: Layout): Uint8Array {
    if (layout.kind === 'scalar' && (layout.code === 'float' || layout.code === 'double')) {
      return bytesOf(floatingBits(value, layout.code), layout.bytes);
    }
    const isWord = layout.kind === 'pointer' || (layout.kind === 'scalar' && isPointerSized(layout));
    const bits = integerBits(value, isWord ? 64 : layout.kind === 'scalar' ? bitsOf(layout.code) : layout.bytes * 8);
    if (bits === undefined) throw new Unsupported(`${String(value)} does not fit in ${layout.name}`);
    return bytesOf(BigInt.asUintN(layout.bytes * 8, bits), layout.bytes);
  }

  #layout(name: string): Layout {
    return layoutOf(name.endsWith('*') ? parseType(name) : this.#types.type(name), this.#memory.pointerBytes);
  }
}

export function isPointerSized({ type }: ScalarLayout): boolean {
  return type.kind === 'scalar' && (type.code === 'intptr' || type.code === 'uintptr');
}

/** How many elements the content asks for. */
function contentUnits(content: Content, unit: number): number {
  switch (content.kind) {
    case 'text':
      return content.text.length + 1;
    case 'bytes':
      return Math.ceil(content.bytes.length / unit);
    case 'units':
    case 'slots':
      return content.values.length;
    case 'zero':
    case 'fill':
      return 0;
  }
}
