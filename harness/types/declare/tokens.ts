import { DllparityError } from '../../base/errors.ts';
import { pointAt } from '../../base/point-at.ts';

interface Token {
  readonly text: string;
  readonly at: number;
}

/** The words and marks of a C declaration, taken one after the other. */
export class Tokens {
  readonly source: string;
  private readonly tokens: readonly Token[];
  private next = 0;

  constructor(source: string) {
    this.source = source;
    const comment = /\/[/*]/.exec(source);
    if (comment) this.fail('a comment is no part of it', comment.index, 'PROTOTYPE_SYNTAX', 'Leave comments out.');
    this.tokens = [...source.matchAll(/\.\.\.|[A-Za-z_]\w*|0[xX][\da-fA-F]+|\d+|\S/g)].map((match) => ({
      text: match[0],
      at: match.index,
    }));
  }

  /** The next token's text, or that of one further on. */
  peek(ahead = 0): string | undefined {
    return this.tokens[this.next + ahead]?.text;
  }

  /** Where the next token stands; the end of the source when there is none. */
  get at(): number {
    return this.tokens[this.next]?.at ?? this.source.length;
  }

  take(wanted: string): Token {
    const token = this.tokens[this.next];
    if (!token) this.fail(`expected ${wanted}, found the end`, this.source.length);
    this.next++;
    return token;
  }

  /** Takes the next token when it is `text`. */
  skip(text: string): boolean {
    if (this.peek() !== text) return false;
    this.next++;
    return true;
  }

  expect(text: string): void {
    const token = this.take(`"${text}"`);
    if (token.text !== text) this.fail(`expected "${text}", found "${token.text}"`, token.at);
  }

  expectEnd(): void {
    const extra = this.tokens[this.next];
    if (extra) this.fail(`"${extra.text}" is too much`, extra.at);
  }

  isName(ahead = 0): boolean {
    return /^[A-Za-z_]/.test(this.peek(ahead) ?? '');
  }

  /** The text between the parentheses that follow, if any follow. */
  parenthesised(): { readonly text: string; readonly at: number } | undefined {
    if (this.peek() !== '(') return undefined;
    const open = this.take('"("').at;
    for (let depth = 1; ;) {
      const token = this.take('")"');
      if (token.text === '(') depth++;
      else if (token.text === ')' && --depth === 0) {
        return { text: this.source.slice(open + 1, token.at), at: open + 1 };
      }
    }
  }

  fail(
    what: string,
    at: number,
    code: 'PROTOTYPE_SYNTAX' | 'PROTOTYPE_TYPE_UNKNOWN' = 'PROTOTYPE_SYNTAX',
    hint = 'Write it as C does, for example `int MulDiv(int a, int b, int c)`.',
  ): never {
    throw new DllparityError(code, {
      what: `in a declaration, ${what}`,
      excerpt: pointAt(this.source, at).excerpt,
      hint,
    });
  }
}
