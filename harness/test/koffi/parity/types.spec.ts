// Pages: type specifiers, primitive types, composite types.
import type { Spec } from './record.ts';

export const types: Spec = ({ koffi, loose, lib, check }) => {
  const names = Object.keys(koffi.types).sort();
  check('names', () => names);
  for (const name of names) {
    check(`types.${name}`, () => koffi.types[name as keyof typeof koffi.types]);
    check(
      `type('${name}') is the same object`,
      () => koffi.type(name) === koffi.types[name as keyof typeof koffi.types],
    );
  }
  for (const name of [
    'char *',
    'str',
    'string',
    'char16 *',
    'str16',
    'str32',
    'wchar_t *',
    'wstring',
    'void *',
    'int *',
    'int **',
    'int*',
    'uint8_t [4]',
    'char [8]',
    'char16_t[3]',
    'float [2][3]',
    'int *[4]',
    'bool[2]',
    'unsigned   int',
    'const int',
    'const char *',
    'char const *',
    'const const int',
    'const void * const *',
    'str *',
    'str !',
    'char *!',
    'void *!',
    'int64_t[2]',
    'int32_be_t[2]',
    'size_t',
    ' int ',
    'int\t*',
  ]) {
    check(`type('${name}')`, () => koffi.type(name));
    check(`sizeof('${name}')`, () => koffi.sizeof(name));
    check(`alignof('${name}')`, () => koffi.alignof(name));
  }
  for (const name of [
    '',
    'nope',
    'nope *',
    'int !',
    'int [',
    'int [x]',
    'int [-1]',
    'int [3',
    'int +',
    'void [3]',
    'int ****** ** *',
    '_Out_ int *',
    'struct foo',
    'int;',
    'long int',
    'unsigned',
    'signed char',
    'int[0]',
    'int [99999999]',
    '*',
    '[3]',
    '...',
  ]) {
    check(`type('${name}') refused`, () => koffi.type(name));
  }
  for (const [name, value] of Object.entries({
    number: 5,
    null: null,
    undefined,
    object: {},
    array: ['int'],
    function: () => 1,
    bigint: 1n,
    symbol: Symbol('s'),
  })) {
    check(`type(a ${name})`, () => loose['type']!(value));
  }
  check('type()', () => loose['type']!());
  for (const old of ['introspect', 'resolve']) {
    check(`${old} int`, () => loose[old]!('int'));
    check(`${old} is type`, () => loose[old]!('char *[3]') === koffi.type('char *[3]'));
    check(`${old} of a type object`, () => loose[old]!(koffi.types.double) === koffi.types.double);
    check(`${old} nope`, () => loose[old]!('nope'));
    check(`${old}()`, () => loose[old]!());
    check(`${old} of a struct`, () => loose[old]!(koffi.struct({ a: 'int8_t', b: 'double' })));
  }
  check('sizeof()', () => loose['sizeof']!());
  check('same pointer object', () => koffi.type('int *') === koffi.pointer('int'));
  check('same array object', () => koffi.type('int [3]') === koffi.type('int [3]'));
  check('array() makes another', () => koffi.array('int', 3) === koffi.array('int', 3));
  check('toString of a type object', () => Object.prototype.toString.call(koffi.types.int));
  check('type objects cannot be made', () => new (koffi as unknown as { TypeObject: new () => unknown }).TypeObject());
  check(
    'libraries cannot be made',
    () => new (koffi as unknown as { LibraryHandle: new () => unknown }).LibraryHandle(),
  );

  const A = koffi.struct('A', {
    a: 'int',
    b: 'char',
    c: 'const char *',
    d: koffi.struct({ d1: 'double', d2: 'double' }),
  });
  check('struct', () => A);
  check('struct by name', () => koffi.type('A') === A);
  check('struct A twice', () => koffi.struct('A', { a: 'int' }));
  check('anonymous struct', () => koffi.struct({ a: 'int8_t', b: 'int64_t', c: 'int8_t' }));
  check('anonymous by null', () => koffi.struct(null, { a: 'int8_t' }));
  check('anonymous by undefined', () => koffi.struct(undefined, { a: 'int8_t' }));
  check('pack', () => koffi.pack('Packed', { a: 'int8_t', b: 'int16_t', c: 'double' }));
  check('aligned member', () => koffi.struct('Aligned', { a: 'int8_t', b: [8, 'int16_t'] }));
  check('aligned member in pack', () => koffi.pack('AlignedPack', { a: 'int8_t', b: [2, 'int64_t'], c: 'int8_t' }));
  check('underscore pads', () => koffi.struct({ a: 'int8_t', _: 'int32_t', b: 'int8_t' }));
  check('offsetof d', () => koffi.offsetof('A', 'd'));
  check('offsetof nope', () => koffi.offsetof('A', 'nope'));
  check('offsetof of int', () => koffi.offsetof('int', 'a'));
  check('offsetof()', () => loose['offsetof']!('A'));
  check('offsetof 5', () => loose['offsetof']!('A', 5));
  for (const [name, members] of Object.entries<unknown>({
    empty: {},
    'an array': [],
    'a string': 'int',
    'unknown type': { a: 'nope' },
    'type 5': { a: 5 },
    void: { a: 'void' },
    'bad name': { 'a b': 'int' },
    'number name': { 1: 'int' },
    'empty name': { '': 'int' },
    'alignment 3': { a: [3, 'int'] },
    'alignment 16': { a: [16, 'int'] },
    'alignment 0': { a: [0, 'int'] },
    'bad array': { a: ['int'] },
    'three in array': { a: [1, 'int', 2] },
  })) {
    check(`struct of ${name}`, () => loose['struct']!(members));
    check(`named struct of ${name}`, () => loose['struct']!(`Bad${name.replaceAll(' ', '_')}`, members));
    check(`union of ${name}`, () => loose['union']!(members));
  }
  check('struct()', () => loose['struct']!());
  check('struct(5, {})', () => loose['struct']!(5, { a: 'int' }));
  check("struct('5x')", () => koffi.struct('5x', { a: 'int' }));
  check("struct('a b')", () => koffi.struct('a b', { a: 'int' }));
  check("struct('ünïcode')", () => koffi.struct('ünïcode', { ä: 'int' }));
  check("struct('int')", () => koffi.struct('int', { a: 'int' }));
  check('struct too big', () =>
    koffi.struct({ a: koffi.array('uint8_t', 40 << 20), b: koffi.array('uint8_t', 40 << 20) }),
  );
  check(
    'self-reference by name',
    () => koffi.struct('Self', { value: 'int', next: 'Self *', self4: 'Self *[4]' }).size,
  );
  check('failed struct leaves no name', () => {
    loose['struct']!('Half', { a: 'int' });
    return koffi.sizeof('Half');
  });

  const Type1 = koffi.opaque('Type1');
  check('opaque', () => Type1);
  check('anonymous opaque', () => koffi.opaque());
  check('opaque twice', () => koffi.opaque('Type1'));
  check('opaque 5', () => loose['opaque']!(5));
  const Type2 = koffi.struct('Type2', { ptr: 'Type1 *', i: 'int' });
  check('redefine returns', () => koffi.struct(Type1, { ptr: 'Type2 *', f: 'float' }).name);
  check('redefined', () => koffi.sizeof(Type1));
  check('redefined by name', () => koffi.type('Type1').size);
  check('redefined twice', () => koffi.struct(Type1, { ptr: 'Type2 *' }));
  check('redefine a struct', () => koffi.struct(Type2, { ptr: 'Type2 *' }));
  check('redefine void', () => koffi.struct(koffi.types.void, { ptr: 'Type2 *' }));
  const Type3 = koffi.opaque('Type3');
  check('redefine as union', () => koffi.union(Type3, { i: 'int', d: 'double' }).primitive);

  check('pointer', () => koffi.pointer('int'));
  check('pointer 2', () => koffi.pointer('int', 2));
  check('pointer 5', () => koffi.pointer('int', 5));
  check('pointer 0', () => koffi.pointer('int', 0));
  check('named pointer', () => koffi.pointer('HANDLE', koffi.opaque()));
  check('named pointer by name', () => koffi.type('HANDLE').name);
  check('named pointer 2', () => koffi.pointer('HANDLE2', 'HANDLE', 2));
  check('named pointer twice', () => koffi.pointer('HANDLE', 'int'));
  check('pointer()', () => loose['pointer']!());
  check('pointer(5)', () => loose['pointer']!(5));
  check('pointer(5, int)', () => loose['pointer']!(5, 'int'));
  check('pointer({})', () => loose['pointer']!({}));
  check('pointer to pointer', () => koffi.pointer(koffi.pointer('int')).name);
  check('pointer counted', () => koffi.pointer(null, 'int', 'count').name);
  check('pointer counted by object', () => loose['pointer']!('Foo', 'int', {}));

  check('array', () => koffi.array('int', 4));
  check('array Array', () => koffi.array('int', 4, 'Array'));
  check('array Typed', () => koffi.array('char', 4, 'Typed'));
  check('array Buffer', () => koffi.array('int16_t', 4, 'Buffer'));
  check('array String', () => koffi.array('int16_t', 4, 'String'));
  check('array string of uint8', () => koffi.array('uint8_t', 4, 'String'));
  check('array Typed of str', () => koffi.array('str', 4, 'Typed'));
  check('array Buffer of bool', () => koffi.array('bool', 4, 'Buffer'));
  check('array nope', () => loose['array']!('int', 4, 'nope'));
  check('array hint 5', () => loose['array']!('int', 4, 5));
  check('array hint null', () => koffi.array('int', 4, null));
  check('array 0', () => koffi.array('int', 0));
  check('array -1', () => koffi.array('int', -1));
  check('array 1.5', () => koffi.array('int', 1.5));
  check('array too long', () => koffi.array('int', 1e9));
  check('array()', () => loose['array']!('int'));
  check("array('x')", () => loose['array']!('int', 'x'));
  check('array({})', () => loose['array']!('int', {}));
  check('array counted', () => koffi.array('int', 'count', 8));
  check('array counted hint', () => koffi.array('int', 'count', 8, 'Array'));
  check('flexible struct', () => koffi.struct('Flex', { count: 'int', items: koffi.array('int', 'count', 8) }));
  check('flexible not last', () => koffi.struct({ count: 'int', items: koffi.array('int', 'count', 8), more: 'int' }));
  check('flexible without count', () => koffi.struct({ n: 'int', items: koffi.array('int', 'count', 8) }));
  check('flexible counted by float', () => koffi.struct({ count: 'float', items: koffi.array('int', 'count', 8) }));
  check('flexible in union', () => koffi.union({ count: 'int', items: koffi.array('int', 'count', 8) }));

  check('enum', () => koffi.enumeration('Colour', { Red: 0, Green: 5, Blue: -2 }));
  check('enum by name', () => koffi.type('Colour').size);
  check('enum bigint', () => koffi.enumeration('Big', { A: 1n, B: 2n }));
  check('enum too big', () => koffi.enumeration('TooBig', { Max: 9223372036854775807n }));
  check('enum too big number', () => koffi.enumeration('TooBig2', { Max: 4294967295 }));
  check('enum storage', () => koffi.enumeration('Wide', { Zero: 0, One: 1 }, 'int64_t'));
  check('enum small', () => koffi.enumeration({ Zero: 0, One: 1 }, 'uint8_t'));
  check('enum storage float', () => koffi.enumeration('Floating', { Zero: 0 }, 'float'));
  check('anonymous enum', () => koffi.enumeration({ Zero: 0 }));
  check('enum of text', () => loose['enumeration']!('Text', { Zero: 'zero' }));
  check('enum()', () => loose['enumeration']!());
  check('enum twice', () => koffi.enumeration('Colour', { Red: 0 }));
  check('enum 1.5', () => koffi.enumeration({ Half: 1.5 }));

  check('alias', () => koffi.alias('DWORD', 'uint32_t') === koffi.types.uint32_t);
  check('alias used', () => koffi.sizeof('DWORD'));
  check('alias pointer', () => koffi.type('DWORD *').name);
  check('alias twice', () => koffi.alias('DWORD', 'int'));
  check('alias()', () => loose['alias']!('X'));
  check('alias(5)', () => loose['alias']!(5, 'int'));
  check('alias of nope', () => koffi.alias('X', 'nope'));
  check('alias bad name', () => koffi.alias('a-b', 'int'));

  check('union', () => koffi.union('Number', { i: 'int64_t', d: 'double', raw: koffi.array('uint8_t', 8) }));
  check('union alignment', () => koffi.union({ a: 'int8_t', b: koffi.array('int16_t', 5) }));
  check('union aligned', () => koffi.union({ a: [8, 'int8_t'] }));

  check('proto', () => koffi.proto('int BinaryInt(int a, int b)'));
  check('proto classic', () => koffi.proto('Classic', 'void', ['int', 'str']));
  check('proto anonymous', () => koffi.proto('void', ['int']));
  check('proto anonymous text', () => koffi.proto('void (int, double)'));
  check('proto convention', () => koffi.proto('__stdcall', 'Conv', 'bool', ['HANDLE', 'long']));
  check('proto convention in text', () => koffi.proto('bool __stdcall Conv2(HANDLE hwnd, long lParam)'));
  check('proto null name', () => koffi.proto(null, 'void', ['int']));
  check('proto twice', () => koffi.proto('int BinaryInt(int a)'));
  check('proto()', () => loose['proto']!());
  check('proto(5)', () => loose['proto']!(5));
  check('pointer to proto', () => koffi.pointer('BinaryInt'));
  check('proto as member', () => koffi.struct({ f: 'BinaryInt' }));
  check('proto pointer as member', () => koffi.struct({ f: 'BinaryInt *' }).size);
  check('variadic proto', () => koffi.proto('int Printer(const char *format, ...)').name);
  check('variadic callback as member', () => koffi.struct({ f: 'Printer *' }));

  check('out', () => typeof koffi.out('int *'));
  check('out of int', () => koffi.out('int'));
  check('inout of a struct', () => koffi.inout('A'));
  check('out()', () => loose['out']!());
  check('inout str', () => typeof koffi.inout('str'));
  check('type of a marker', () => koffi.type(koffi.out('int *')).name);

  check('disposable', () => koffi.disposable('HeapStr', 'str'));
  check('anonymous disposable', () => koffi.disposable('str16'));
  check('disposable of int', () => koffi.disposable('int'));
  check('disposable of disposable', () => koffi.disposable('HeapStr'));
  check('disposable with 5', () => loose['disposable']!('Five', 'str', 5));
  check('disposable with function', () => koffi.disposable('HeapPtr', 'void *', koffi.free).disposable);
  check('disposable twice', () => koffi.disposable('HeapStr', 'str'));
  check('disposable()', () => loose['disposable']!());

  check('in a prototype', () => lib.func('int add_int(_Inout_ int *number, int add)').info);
};
