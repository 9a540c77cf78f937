/* eslint-disable @typescript-eslint/no-unsafe-return -- koffi's functions return any; its deprecated forms are asked too */
// Page: unions.
import type { Spec } from './record.ts';

export const unions: Spec = ({ koffi, loose, lib, check }) => {
  const number = koffi.union('number', { i: 'int64_t', d: 'double', raw: koffi.array('uint8_t', 8) });
  const wide = koffi.union('wide', { i: 'int32_t', pair: koffi.array('double', 3) });
  koffi.struct('tagged', { kind: 'int32_t', value: number });
  const Union = koffi.Union as unknown as new (...args: unknown[]) => Record<string, unknown>;
  const members = (value: unknown): unknown[] => {
    const union = value as Record<string, unknown>;
    return [union.constructor.name, union['i'], union['d'], union['raw']];
  };

  check('echo int', () => members(lib.func('number echo_number(number value)')({ i: 123 })));
  check('echo double', () => members(lib.func('number echo_number(number value)')({ d: 123 })));
  check('echo raw', () => members(lib.func('number echo_number(number value)')({ raw: [1, 2, 3] })));
  check('echo a Union', () => {
    const value = new Union('number');
    value['d'] = 0.5;
    return members(lib.func('number echo_number(number value)')(value));
  });
  check('echo what was echoed', () => {
    const echo = lib.func('number echo_number(number value)');
    return members(echo(echo({ i: 5 })));
  });
  check('two members', () => lib.func('number echo_number(number value)')({ i: 1, d: 2 }));
  check('no member', () => lib.func('number echo_number(number value)')({}));
  check('unknown member', () => lib.func('number echo_number(number value)')({ x: 1 }));
  check('number for a union', () => lib.func('number echo_number(number value)')(5));
  check('null for a union', () => lib.func('number echo_number(number value)')(null));
  check('empty Union', () => lib.func('number echo_number(number value)')(new Union('number')));
  check('Union of another type', () => {
    const value = new Union('wide');
    value['i'] = 1;
    return lib.func('number echo_number(number value)')(value);
  });
  check('wide result', () => {
    const value = lib.func('wide echo_wide(wide value)')({ pair: [1, 2, 3] }) as Record<string, unknown>;
    return [value['i'], value['pair']];
  });
  check('wide argument', () => lib.func('double sum_wide(wide value)')({ pair: new Float64Array([1, 2, 4]) }));
  check('sizes', () => [koffi.sizeof(number), koffi.sizeof(wide), koffi.sizeof('tagged')]);

  check('out int', () => {
    const value = new Union('number');
    lib.func('void set_int(int64_t value, _Out_ number *out)')(123, value);
    return members(value);
  });
  check('out double', () => {
    const value = new Union(number);
    lib.func('void set_double(double value, _Out_ number *out)')(123, value);
    return members(value);
  });
  check('out of a plain object', () => lib.func('void set_double(double value, _Out_ number *out)')(123, {}));
  check('out in an array', () => {
    const out = [null];
    lib.func('void set_double(double value, _Out_ number *out)')(1, out);
    return members(out[0]);
  });
  check('in by pointer', () => lib.func('int64_t bits_of(const number *value)')({ d: 1 }));
  check('in a struct', () => lib.func('double weigh_tagged(const tagged *value)')({ kind: 1, value: { d: 2.5 } }));
  check('echo in a struct', () => {
    const value = lib.func('tagged echo_tagged(tagged value)')({ kind: 1, value: { d: 2.5 } }) as Record<
      string,
      unknown
    >;
    return [value['kind'], members(value['value'])];
  });
  check('callback', () =>
    lib.func('call_number', 'int64_t', [koffi.pointer(koffi.proto('int64_t', [number])), 'int64_t'])(
      (value: { i: bigint }) => value.i,
      77,
    ),
  );

  check('reading an empty one', () => new Union('number')['i']);
  check('reading what was set', () => {
    const value = new Union('number');
    value['i'] = 'anything';
    return value['i'];
  });
  check('reading another', () => {
    const value = new Union('number');
    value['i'] = 1;
    return value['d'];
  });
  check('set twice', () => {
    const value = new Union('number');
    value['i'] = 1;
    value['d'] = 2;
    return [value['d'], lib.func('int64_t bits_of(const number *value)')(value)];
  });
  check('keys', () => Object.keys(new Union('number')));
  check('in', () => 'i' in new Union('number'));
  check('class name', () => new Union('number').constructor.name);
  check('instanceof', () => new Union('number') instanceof (koffi.Union as unknown as new () => object));
  check('tag', () => Object.prototype.toString.call(new Union('number')));
  check('JSON', () => JSON.stringify(new Union('number')));
  check('Union()', () => new Union());
  check('Union of int', () => new Union('int'));
  check('Union of nope', () => new Union('nope'));
  check('without new', () => loose['Union']!('number'));
  check('decode', () => members(koffi.decode(Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]), 'number')));
  check('encode', () => {
    const bytes = Buffer.alloc(8);
    koffi.encode(bytes, 'number', { d: 1 });
    return bytes;
  });
};
