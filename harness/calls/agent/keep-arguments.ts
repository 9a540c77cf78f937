// Memory behind arguments as it was, for calls that are made a second time: the first may have written to it.
import { SharedBuffer } from '../memsync/shared-buffer.ts';
import { RegisteredCallback } from './registered-callback.ts';

/** Remembers what lies behind arguments, and returns what puts it back. Numbers, texts and pointers need no keeping. */
export function keepArguments(args: readonly unknown[]): () => void {
  const restores: (() => void)[] = [];
  const seen = new Set<unknown>();
  for (const argument of args) keep(argument, restores, seen);
  return () => {
    for (const restore of restores) restore();
  };
}

function keep(value: unknown, restores: (() => void)[], seen: Set<unknown>): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  if (value instanceof SharedBuffer) {
    keep(value.bytes, restores, seen);
  } else if (ArrayBuffer.isView(value)) {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    const copy = bytes.slice();
    restores.push(() => {
      bytes.set(copy);
    });
  } else if (Array.isArray(value)) {
    const array = value as unknown[];
    const copy = array.slice();
    for (const element of copy) keep(element, restores, seen);
    restores.push(() => {
      array.splice(0, array.length, ...copy);
    });
  } else if (isPlain(value)) {
    const copy = { ...value };
    for (const member of Object.values(copy)) keep(member, restores, seen);
    restores.push(() => {
      for (const key of Object.keys(value)) if (!(key in copy)) Reflect.deleteProperty(value, key);
      Object.assign(value, copy);
    });
  }
}

/** Whether a function of the caller is among arguments, or in what lies behind them. */
export function passesFunction(value: unknown, seen = new Set<unknown>()): boolean {
  if (typeof value === 'function' || value instanceof RegisteredCallback) return true;
  if (typeof value !== 'object' || value === null || seen.has(value) || ArrayBuffer.isView(value)) return false;
  seen.add(value);
  if (Array.isArray(value)) return value.some((element) => passesFunction(element, seen));
  return isPlain(value) && Object.values(value).some((member) => passesFunction(member, seen));
}

function isPlain(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
