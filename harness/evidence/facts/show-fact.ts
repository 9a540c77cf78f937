// Facts, and what was seen of them, in words.
import type { Layout } from '../../types/abi/layout-kinds.ts';
import type { Argument, Check, ErrorCheck, Plain } from './fact.ts';
import { endOfText } from './fact-memory.ts';
import { bitsIn, doubleOf, floatOf } from './number-bits.ts';

const MOST = 120;

export function shorten(text: string): string {
  return text.length <= MOST ? text : `${text.slice(0, MOST)}…`;
}

export function showBytes(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex');
  return `bytes ${hex.length <= MOST ? hex : `${hex.slice(0, MOST)}… (${String(bytes.length)} bytes)`}`;
}

export function showText(bytes: Uint8Array, unit: 1 | 2): string {
  return shorten(JSON.stringify(Buffer.from(bytes).toString(unit === 2 ? 'utf16le' : 'latin1')));
}

/** A value, or the first element of memory; text where it is some. */
export function showValue(layout: Layout, bytes: Uint8Array): string {
  if (layout.kind === 'array') return showBytes(bytes);
  if (layout.kind !== 'scalar') return showBytes(bytes.subarray(0, layout.bytes));
  const isText = layout.bytes <= 2 && bytes.length > layout.bytes;
  const unit = layout.bytes === 2 ? 2 : 1;
  if (isText) return showText(bytes.subarray(0, endOfText(bytes, unit) ?? bytes.length), unit);
  const bits = bitsIn(bytes.subarray(0, layout.bytes));
  if (layout.code === 'double') return showFloating(doubleOf(bits), bits, 16);
  if (layout.code === 'float') return showFloating(floatOf(bits), bits, 8);
  const value = layout.code.startsWith('int') ? BigInt.asIntN(layout.bytes * 8, bits) : bits;
  return value > 0xffffn || value < -0xffffn ? `${value.toString()} (0x${bits.toString(16)})` : value.toString();
}

function showFloating(value: number, bits: bigint, digits: number): string {
  return `${Object.is(value, -0) ? '-0' : String(value)} (bits 0x${bits.toString(16).padStart(digits, '0')})`;
}

const plain = (value: Plain): string =>
  typeof value === 'string' ? JSON.stringify(value) : Object.is(value, -0) ? '-0' : String(value);

/** What is expected. */
export function showCheck(check: Check): string {
  switch (check.kind) {
    case 'plain':
      return shorten(plain(check.value));
    case 'null':
      return check.isNull ? 'null' : 'not null';
    case 'text': {
      const text = JSON.stringify(check.text);
      return shorten(
        check.extent === 'start' ? `${text} at its start` : check.ignoresCase ? `${text} in any case` : text,
      );
    }
    case 'bytes':
      return showBytes(check.bytes);
    case 'units':
      return shorten(`[${check.values.map(plain).join(', ')}]`);
    case 'length':
      return `${String(check.length)} characters`;
    case 'inside':
      return `argument ${String(check.argument)} + ${String(check.offset)} ${check.unit}`;
    case 'in-first':
      return `${String(check.offset)} bytes into the text of the first call`;
    case 'truthy':
      return check.value ? 'not 0' : '0';
    case 'sign':
      return check.sign === 0 ? '0' : check.sign < 0 ? 'less than 0' : 'more than 0';
    case 'nan':
      return check.negative === undefined ? 'NaN' : check.negative ? 'NaN with its sign set' : 'NaN without a sign';
    case 'high32':
      return `${check.bits} in the upper half of its bits`;
    case 'finite':
      return check.value ? 'a finite number' : 'infinite or NaN';
    case 'approx': {
      const bound =
        check.ulps === undefined
          ? check.absTol === undefined
            ? ''
            : ` within ${String(check.absTol)}`
          : ` within ${String(check.ulps)} ulp`;
      return `${plain(check.value)}${bound}`;
    }
    case 'any-of':
      return check.checks.map(showCheck).join(' or ');
    case 'not':
      return `other than ${showCheck(check.check)}`;
    case 'fields':
      return Object.entries(check.fields)
        .map(([name, each]) => `${name}: ${showCheck(each)}`)
        .join(', ');
  }
}

export function showErrorCheck(check: ErrorCheck): string {
  switch (check.kind) {
    case 'code':
      return String(check.code);
    case 'unchanged':
      return 'unchanged';
    case 'any-of':
      return check.checks.map(showErrorCheck).join(' or ');
  }
}

/** An argument, as short as can be. */
export function showArgument(argument: Argument): string {
  switch (argument.kind) {
    case 'null':
      return 'null';
    case 'scalar':
      return plain(argument.value);
    case 'memory': {
      const { content, count, element } = argument;
      if (content.kind === 'text') return shorten(JSON.stringify(content.text));
      if (content.kind === 'bytes') return showBytes(content.bytes);
      if (content.kind === 'units') return shorten(`${element}[${content.values.map(plain).join(', ')}]`);
      if (content.kind === 'slots') return shorten(`[${content.values.map(showArgument).join(', ')}]`);
      return `${element}[${String(count ?? 0)}]`;
    }
    case 'struct':
      return argument.name;
    case 'inside':
      return `argument ${String(argument.argument)} + ${String(argument.offset)} ${argument.unit}`;
    case 'va-list':
      return `(${argument.values.map(showArgument).join(', ')})`;
    case 'callback':
      return `a callback: ${argument.words}`;
  }
}
