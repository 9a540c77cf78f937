// How a program prints what it has seen.
import { type CType, textOf } from '../../types/declare/types.ts';
import type { Helper } from './c-helpers.ts';
import type { Memory } from './c-memory.ts';
import { identifier } from './c-text.ts';

/** Statements, and which functions they need. */
export class Prints {
  readonly statements: string[] = [];
  readonly used = new Set<Helper>();

  /** Memory after the call. */
  memory({ name, element, count }: Memory, label: string): void {
    const text = textOf(element);
    if (text !== null) {
      this.put(text === 'wchar' ? 'put_wide_text' : 'put_text', label, `${name}, ${count.toString()}`);
      return;
    }
    if (count > 8 && element.kind === 'scalar') {
      this.put('put_text', label, `${name}, sizeof ${name}`);
      return;
    }
    for (let index = 0; index < count; index++) {
      const at = `[${index.toString()}]`;
      this.value(`${name}${at}`, element, count === 1 ? label : `${label}${at}`);
    }
  }

  /** A result. A text that lies elsewhere is shown too. */
  result(type: CType): void {
    if (type.kind !== 'pointer') {
      if (type.kind !== 'void') this.value('result', type, 'result');
      return;
    }
    const text = textOf(type.target);
    this.used.add('put_place');
    if (text === null) this.statements.push('put_place("result", result);');
    else {
      const [helper, length] = text === 'wchar' ? (['put_wide_text', 'wcslen'] as const) : (['put_text', 'strlen'] as const);
      this.used.add(helper);
      this.statements.push(
        `if (put_place("result", result)) ${helper}("text of result", result, ${length}((const void *)result));`,
      );
    }
  } // prettier-ignore

  /** A value by its type; of a struct each member. */
  value(expression: string, type: CType, label: string): void {
    switch (type.kind) {
      case 'scalar':
      case 'enum':
        if (type.code === 'double' || type.code === 'float') this.put(`put_${type.code}`, label, expression);
        else this.put(/^(int|intptr)/.test(type.code) ? 'put_integer' : 'put_unsigned', label, expression);
        return;
      case 'pointer':
        this.put('put_place', label, `(const void *)${expression}`);
        return;
      case 'struct':
        for (const member of type.members) {
          if (member.name === '') continue;
          this.value(`${expression}.${identifier(member.name)}`, member.type, `${label}.${member.name}`);
        }
        return;
      default:
        this.put('put_text', label, `&${expression}, sizeof ${expression}`);
    }
  }

  private put(helper: Helper, label: string, rest: string): void {
    this.used.add(helper);
    this.statements.push(`${helper}("${label}", ${rest});`);
  }
}
