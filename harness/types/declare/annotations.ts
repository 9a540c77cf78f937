// Microsoft's source annotations (SAL) and the bracketed ones of the reference pages: direction and length of what lies
// behind a pointer (Microsoft, "Annotating function parameters and return values").
import type { Direction } from './types.ts';

/** An extent whose expression is still text. */
export interface RawExtent {
  readonly unit: 'elements' | 'bytes';
  /** null: up to the first zero element. */
  readonly text: string | null;
  /** Place of the text in the prototype. */
  readonly at: number;
}

/** What the annotations before a type say. */
export interface Annotations {
  direction: Direction | null;
  extent: RawExtent | null;
  stored: RawExtent | null;
  /** For the annotations before a whole function. */
  result: RawExtent | null;
}

export function noAnnotations(): Annotations {
  return { direction: null, extent: null, stored: null, result: null };
}

const ANNOTATION =
  /^_(In|Out|Outref|Inout|Outptr|COM_Outptr|Ret|Success|Reserved|Printf|Frees|When|Pre|Post|Check|Must|Field|Result|Return|Use|At|Deref|Null|Notnull|Const|Valid|Notvalid|Analysis|Acquires|Releases|Requires|Null_terminated|Maybenull|Always|On|Scanf|Strict|Struct|Points|Interlocked|Enum|Literal|Notliteral|Unchanged|Readable|Writable|Function|Called|Kernel|IRQL|Maybe|Translates|Benign|Group|Raises|Range|Notref|NullNull|Pre_maybenull|Opt)(_|$)/;
/** Of headers before 2012 (`__in_ecount(n)`), of RPC interfaces (`__RPC__out`) and of drivers. */
const OLD_ANNOTATION =
  /^__(?:(?:RPC__)?(?:deref_(?:opt_)?)?(?:in|out|inout)(?:_|$)|(?:drv|field|pre|post|analysis)_|(?:kernel_entry|control_entrypoint|reserved|nullterminated|checkReturn|callback|format_string|range|success|notnull|maybenull|encoded_pointer)$)/;

export function isAnnotation(word: string): boolean {
  return ANNOTATION.test(word) || OLD_ANNOTATION.test(word);
}

/** Takes what `word` says into `found`. `argument` is the text between its parentheses. */
export function readAnnotation(
  word: string,
  argument: { readonly text: string; readonly at: number } | undefined,
  found: Annotations,
): void {
  const old = /^__(?:RPC__)?(deref_(?:opt_)?)?(inout|in|out)(?!_data_source)(?:_|$)/.exec(word);
  const direction = (/^_(In|Out|Inout)_/.exec(word)?.[1] ?? old?.[2])?.toLowerCase() as Direction | undefined;
  if (direction !== undefined) found.direction = direction;
  const extent = extentOf(word, argument);
  if (/^_(COM_)?Outptr/.test(word) || old?.[1] !== undefined) {
    found.direction = 'out';
    if (!/^_(COM_)?Outptr(?!.*_result_)/.test(word)) found.stored = extent;
  } else if (word.startsWith('_Ret_')) found.result = extent;
  else if (direction !== undefined) found.extent = extent;
}

function extentOf(
  word: string,
  argument: { readonly text: string; readonly at: number } | undefined,
): RawExtent | null {
  const sized = /(?:reads|writes|updates|buffer|bytebuffer|bytecap|count|cap)_|_[be]count$/.test(word);
  if (sized && argument) {
    // `_Out_writes_to_(capacity, count)`: the capacity is what has to be there.
    const [text] = splitAtComma(argument.text);
    return {
      unit: /bytes?|_bcount/.test(word) ? 'bytes' : 'elements',
      text: text.trim(),
      at: argument.at + lead(text),
    };
  }
  return /_z_?$|_z_opt_$/.test(word) ? { unit: 'elements', text: null, at: 0 } : null;
}

const lead = (text: string): number => text.length - text.trimStart().length;

function splitAtComma(text: string): [string, string | undefined] {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')') depth--;
    else if (text[i] === ',' && depth === 0) return [text.slice(0, i), text.slice(i + 1)];
  }
  return [text, undefined];
}
