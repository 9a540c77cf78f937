import { layoutOf } from '../../../types/abi/layout.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExport, parsePrototype, parseType } from '../../../types/declare/parse-prototype.ts';
import { struct } from '../../../types/declare/struct.ts';
import { alias } from '../../../types/declare/type-objects.ts';
import { library } from '../../../types/declare/library.ts';
import type { CType } from '../../../types/declare/types.ts';
import { isDllparityError } from '../../../base/errors.ts';

/** A type in a few words: `int32`, `const char *`, `callback(int32)`. */
function brief(type: CType): string {
  switch (type.kind) {
    case 'scalar':
      return type.code;
    case 'pointer':
      return `${type.const ? 'const ' : ''}${brief(type.target)}*`;
    case 'function':
      return `(${type.parameters.map((parameter) => brief(parameter.type)).join(',')})=>${brief(type.result)}`;
    default:
      return type.name;
  }
}

function parameters(source: string): string[] {
  return parsePrototype(source).parameters.map(({ name, type, direction }) => `${direction} ${brief(type)} ${name}`);
}

const result = (source: string): string => brief(parsePrototype(`${source} f(void)`).result);

function failure(run: () => unknown): { code: string; message: string } {
  try {
    run();
  } catch (error) {
    if (isDllparityError(error)) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('it was accepted');
}

describe('scalar types', () => {
  it.each([
    ['char', 'int8'],
    ['signed char', 'int8'],
    ['unsigned char', 'uint8'],
    ['short int', 'int16'],
    ['unsigned short', 'uint16'],
    ['int', 'int32'],
    ['signed', 'int32'],
    ['unsigned', 'uint32'],
    ['unsigned int', 'uint32'],
    ['int unsigned', 'uint32'],
    ['long', 'int32'],
    ['long int', 'int32'],
    ['unsigned long', 'uint32'],
    ['long unsigned int', 'uint32'],
    ['long long', 'int64'],
    ['unsigned long long', 'uint64'],
    ['long long unsigned', 'uint64'],
    ['long unsigned long', 'uint64'],
    ['long int long unsigned', 'uint64'],
    ['__int64', 'int64'],
    ['unsigned __int64', 'uint64'],
    ['unsigned __int32', 'uint32'],
    ['signed __int16', 'int16'],
    ['float', 'float'],
    ['double', 'double'],
    ['wchar_t', 'uint16'],
    ['_Bool', 'bool'],
    ['size_t', 'uintptr'],
    ['LRESULT', 'intptr'],
    ['DWORD', 'uint32'],
    ['BOOL', 'int32'],
    ['HRESULT', 'int32'],
    ['UINT64', 'uint64'],
    ['void', 'void'],
    ['volatile int', 'int32'],
    ['static inline double', 'double'],
  ])('%s is %s', (source, code) => {
    expect(result(source)).toBe(code);
  });

  it('follow the width of pointers where they are as wide', () => {
    expect(layoutOf(parseType('size_t'), 4)).toMatchObject({ code: 'uint32' });
    expect(layoutOf(parseType('INT_PTR'), 8)).toMatchObject({ code: 'int64' });
  });
});

describe('pointers', () => {
  it.each([
    ['const char *', 'const int8*'],
    ['char const *', 'const int8*'],
    ['char *', 'int8*'],
    ['char * const', 'int8*'],
    ['CONST WCHAR*', 'const uint16*'],
    ['const char **', 'const int8**'],
    ['void *', 'void*'],
    ['LPCSTR', 'const int8*'],
    ['LPWSTR', 'uint16*'],
    ['HANDLE', 'void*'],
  ])('%s is %s', (source, expected) => {
    expect(brief(parseType(source))).toBe(expected);
  });

  it('know text from bytes', () => {
    const textOf = (source: string): unknown => {
      const type = parseType(source);
      return type.kind === 'pointer' && type.target.kind === 'scalar' ? type.target.text : undefined;
    };
    expect(['char *', 'unsigned char *', 'wchar_t *', 'unsigned short *', 'WCHAR *'].map(textOf)).toEqual([
      'char',
      null,
      'wchar',
      null,
      'wchar',
    ]);
  });
});

describe('parameters', () => {
  it('have names, types and directions', () => {
    expect(parameters('int f(int a, const char *b, char *c, void *)')).toEqual([
      'in int32 a',
      'in const int8* b',
      'inout int8* c',
      'inout void* argument 3',
    ]);
  });

  it('may be annotated', () => {
    expect(
      parameters(
        'BOOL WINAPI f(_In_ LPCWSTR a, _Out_writes_bytes_to_(n, *m) LPVOID b, _In_ DWORD n, _Inout_opt_ LPDWORD_ *m)'.replace('LPDWORD_', 'DWORD'),
      ),
    ).toEqual(['in const uint16* a', 'out void* b', 'in uint32 n', 'inout uint32* m']); // prettier-ignore
  });

  it('may be annotated as in older headers, and between macros of the SDK', () => {
    expect(
      parameters(
        'EXTERN_C WINADVAPI int IMAGEAPI f(__in_opt LPCSTR a, __out_ecount(n) char *b, __deref_out int **c, __RPC__inout DWORD *d, _In_opt_ __drv_aliasesMem void *e, _Out_opt_ __out_data_source(FILE) void *f, int n)',
      ),
    ).toEqual(['in const int8* a', 'out int8* b', 'out int32** c', 'inout uint32* d', 'in void* e', 'out void* f', 'in int32 n']); // prettier-ignore
    expect(parsePrototype('extern "C" __declspec(dllimport) int WSAAPI f(int a);')).toMatchObject({
      convention: 'stdcall',
      parameters: [{ name: 'a' }],
    });
  });

  it('may be annotated as the reference pages do it', () => {
    expect(
      parameters(`HANDLE CreateFileA(
        [in]           LPCSTR lpFileName,
        [in, optional] LPVOID security,
        [out]          int *written,
        [in, out, optional] DWORD *both
      );`),
    ).toEqual(['in const int8* lpFileName', 'in void* security', 'out int32* written', 'inout uint32* both']);
  });

  it('may be arrays', () => {
    expect(parameters('void f(int a[], const double b[10], char *argv[], int c[3][4])')).toEqual([
      'inout int32* a',
      'in const double* b',
      'inout int8** argv',
      'inout int[4]* c',
    ]);
  });

  it('may be none', () => {
    expect(parameters('int f(void)')).toEqual([]);
    expect(parameters('int f()')).toEqual([]);
  });

  it('may go on with others', () => {
    expect(parsePrototype('int printf(const char *format, ...)').variadic).toBe(true);
    expect(parsePrototype('int puts(const char *text)').variadic).toBe(false);
  });

  it('may be functions', () => {
    expect(
      parameters('void qsort(void *base, size_t n, size_t w, int (__cdecl *compare)(const void *, const void *))')[3],
    ).toBe('in const (const void*,const void*)=>int32* compare');
    expect(parameters('void f(void (CALLBACK *)(int, double), int)')).toEqual([
      'in const (int32,double)=>void* argument 0',
      'in int32 argument 1',
    ]);
  });
});

describe('the rest of a prototype', () => {
  it.each([
    ['int f(void)', 'cdecl'],
    ['int __cdecl f(void)', 'cdecl'],
    ['int __stdcall f(void)', 'stdcall'],
    ['BOOL WINAPI f(void)', 'stdcall'],
    ['NTSTATUS NTAPI f(void)', 'stdcall'],
    ['int __fastcall f(void)', 'fastcall'],
    ['int *__stdcall f(void)', 'stdcall'],
  ])('%s is called by %s', (source, convention) => {
    expect(parsePrototype(source).convention).toBe(convention);
  });

  it('takes the convention of its library where it names none', () => {
    const conventionOf = (source: string): unknown => {
      const { type } = parseExport(source, {}, 'stdcall');
      return type.kind === 'function' ? type.convention : undefined;
    };
    expect(conventionOf('int f(int (*callback)(int))')).toBe('stdcall');
    expect(conventionOf('int *f(void)')).toBe('stdcall');
    expect(conventionOf('int __cdecl f(void)')).toBe('cdecl');
    expect(parseExport('void f(int (*callback)(int))', {}, 'stdcall').type).toMatchObject({
      parameters: [{ type: { target: { convention: 'cdecl' } } }],
    });
  });

  it('ends with or without a semicolon, over any number of lines', () => {
    for (const source of ['int f(int a);', 'int f ( int a ) ;', '\n\tint\n\tf(\n\tint a\n)\n;\n'])
      expect(parsePrototype(source)).toMatchObject({ name: 'f', parameters: [{ name: 'a' }] });
  });

  it('may begin with annotations and declarations of linkage', () => {
    for (const head of ['_Check_return_', '_Success_(return != 0)', '_Must_inspect_result_', 'extern', '__declspec(dllimport)'])
      expect(parsePrototype(`${head} int f(int a)`)).toMatchObject({ name: 'f', result: { code: 'int32' } });
  }); // prettier-ignore

  it('knows types by the names they are given', () => {
    const { result, parameters } = parsePrototype('uLong crc32(uLong crc, const Byte *data)', {
      uLong: alias('unsigned long'),
      Byte: alias('unsigned char'),
    });
    expect([result, parameters[0]?.type].map((type) => type && brief(type))).toEqual(['uint32', 'uint32']);
    expect(parameters[1]).toMatchObject({ direction: 'in', type: { target: { code: 'uint8' } } });
  });

  it('knows structs by their name', () => {
    const pair = struct('pair', { a: 'char', b: 'double', c: 'short' });
    expect(layoutOf(pair, 8)).toMatchObject({ bytes: 24, alignment: 8, members: [{ offset: 0 }, { offset: 8 }, { offset: 16 }] }); // prettier-ignore
    expect(parsePrototype('struct pair f(const pair *all, pair one)', { pair })).toMatchObject({
      result: { kind: 'struct', name: 'pair' },
      parameters: [{ direction: 'in', type: { kind: 'pointer' } }, { type: { kind: 'struct' } }],
    });
  });
});

describe('a mistake', () => {
  it.each([
    ['int f(int a', 'expected "," or ")", found the end', 'int f(int a'.length],
    ['int f int a)', '"int" is too much', 6],
    ['int f', 'expected "("', 5],
    ['int (int a)', 'expected the name of the function, found "("', 4],
    ['int f(int a) int', '"int" is too much', 13],
    ['int f(int a,, int b)', 'expected a type', 12],
    ['int f(void a)', 'a parameter cannot be void', 6],
    ['int f(int, void)', 'a parameter cannot be void', 11],
    ['int f(int ...)', 'expected "," or ")", found "..."', 10],
    ['int f(..., int a)', 'expected ")", found ","', 9],
    ['int f(int a[)', 'expected a length, found ")"', 12],
    ['', 'expected a type', 0],
    ['f', 'the type "f" is not known', 0],
    ['int f([optional] int a)', 'expected "in" or "out" in the brackets', 6],
    ['int f(_Out_writes_(n int a', 'expected ")", found the end', 26],
  ])('%s is pointed at: %s', (source, what, column) => {
    const { message } = failure(() => parsePrototype(source));
    expect(message).toContain(`in a declaration, ${what}`);
    expect(message).toContain(`\n       | ${' '.repeat(column)}^`.replace(/^\n {7}/, '\n      '));
  });

  it.each([
    ['dobule f(void)', 'dobule', 'Did you mean "double"?'],
    ['int f(uint8t x)', 'uint8t', 'Did you mean "uint8_t"?'],
    ['int f(DWROD x)', 'DWROD', 'Did you mean "DWORD"?'],
    ['int f(some_struct_of_mine x)', 'some_struct_of_mine', 'Declare it in the `types` of the library'],
    ['int f(WNDPROC x)', 'WNDPROC', 'pointer to a function, write that out'],
    ['SQLITE_API int f(void)', 'SQLITE_API', 'is a macro, leave it out'],
    ['LUALIB_API thing *f(void)', 'LUALIB_API', 'is a macro, leave it out'],
    ['int ZEXPORT f(int a)', 'ZEXPORT', 'is a macro, leave it out', 'PROTOTYPE_SYNTAX'],
    ['WINOLEAPI f(void)', 'WINOLEAPI', 'Write HRESULT and WINAPI'],
    ['WINOLEAPI_(int) f(void)', 'WINOLEAPI_', 'the type in its parentheses'],
    ['int f(std::string x)', 'std', 'Only C is read'],
    ['f(int a)', 'f', 'its result is missing'],
    ['int f(short double x)', 'short double', 'Write one of C'],
    ['int f(unsigned signed x)', 'unsigned signed', 'Write one of C'],
    ['long double f(void)', 'long double', 'the same as double on Windows'],
    ['_Float16 f(void)', '_Float16', 'wrapper in C that takes a float'],
    ['int f(const half *values, int n)', 'half', 'Memory that holds such numbers is `uint16_t`'],
    ['int f(__fp16)', '__fp16', 'is half precision'],
    ['__m128 f(__m128 a)', '__m128', 'SSE or AVX registers, and those are not carried'],
    ['void f(__m128d a)', '__m128d', 'with pointers in place of vectors'],
    ['void f(int a, __m128i b)', '__m128i', 'Wrap the function in C'],
    ['void f(const __m256 *a)', '__m256', 'declare those as `float *`'],
    ['__m256d f(void)', '__m256d', 'is a vector'],
    ['__m256i f(__m256i a)', '__m256i', 'is a vector'],
    ['__m64 f(__m64 a)', '__m64', 'On x64 it travels as an integer: write uint64_t'],
  ])('%s: the unknown type %s gets a hint', (source, name, hint, expected = 'PROTOTYPE_TYPE_UNKNOWN') => {
    const { code, message } = failure(() => parsePrototype(source));
    expect(code).toBe(expected);
    expect(message).toContain(`"${name}"`);
    expect(message).toContain(hint);
  });

  it('of a pointer to a struct that is declared later has a way out', () => {
    const { message } = failure(() => struct('first', { other: 'second *' }));
    expect(message).toContain("For a pointer to a struct that is declared later, `types: { second: opaque('second') }` will do.");
    expect(failure(() => struct('first', { other: 'second' })).message).not.toContain('later');
  }); // prettier-ignore

  it('is not one where the library declares what it means by such a name', () => {
    const { result } = parsePrototype('half f(const half *a)', { half: alias('uint16_t') });
    expect(brief(result)).toBe('uint16');
    expect(failure(() => struct('s', { v: '__m128[2]' })).message).toContain('is a vector');
    expect(failure(() => parsePrototype('__m12 f(void)')).message).toContain('is not known');
  });

  it.each([
    ['int f(int a = 5)', 'Leave default values out.'],
    ['int f(int a) { return a; }', 'Leave the body out.'],
    ['int f(int a), g(int b)', 'Declare each name by itself.'],
    ['int f(int /* this */ a)', 'Leave comments out.'],
    ['struct point { int x; } f(void)', 'Make the type with `struct`'],
    ['struct { int x; } f(void)', 'Make the type with `struct`'],
    ['int f(int)(int)', 'It can return a pointer to it.'],
    ['int table[MAX_PATH]', 'Write the number'],
    ['int table[2 * N]', 'Write the number'],
    ['int table[2 ^ 4]', 'Write a number'],
    ['int table[1 - 2]', 'Write a number'],
    ['int table[1 / 0]', 'Write a number'],
  ])('%s: %s', (source, hint) => {
    expect(failure(() => parseExport(source)).message).toContain(hint);
  });

  it('is a variable or a type that no memory has', () => {
    for (const source of ['void x', 'int x : 3', 'int x[4](void)', 'int x[99999999999]']) {
      expect(failure(() => parseExport(source)).code).toBe('PROTOTYPE_SYNTAX');
    }
    expect(failure(() => parseType('int : 3')).message).toContain('only members of structs');
    expect(failure(() => struct('node', { list: 'node[2][3]' })).message).toContain('contains itself');
  });

  it.each(['(', '*', '[1]', 'int (*', 'int f(int (*g)(', 'long ', 'const ', '()', '_In_reads_('])(
    'is %s thousands of times',
    (text) => {
      for (const around of ['', 'int f(', 'int f(_In_reads_(']) {
        expect(failure(() => parsePrototype(around + text.repeat(5000))).code).toMatch(/^PROTOTYPE_/);
      }
    },
  );

  it('in a type of the library is found among its own structs too', () => {
    const { message } = failure(() => parsePrototype('devision f(void)', { division: struct('division', { a: 'int' }) }));
    expect(message).toContain('Did you mean "division"?');
  }); // prettier-ignore

  it('is a mistake of syntax or of types for any text whatever', () => {
    const word = fc.constantFrom('int', 'char', 'const', '*', '(', ')', ',', '...', 'f', '[', ']', '_In_', 'void', 'unsigned', ';', 'WINAPI'); // prettier-ignore
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word).map((words) => words.join(' ')),
        ),
        (source) => {
          try {
            parsePrototype(source);
          } catch (error) {
            expect(isDllparityError(error)).toBe(true);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('in a library is one when the library is declared', () => {
    expect(failure(() => library('a.dll', { f: 'int f(' })).code).toBe('PROTOTYPE_SYNTAX');
    const many = Array.from({ length: 65 }, (_, i) => `int a${i.toString()}`).join(', ');
    expect(failure(() => library('a.dll', { f: `void f(${many})` })).message).toContain('declared 65 parameters, limit 64');
    expect(failure(() => struct('s', { a: 'void' })).code).toBe('PROTOTYPE_TYPE_UNKNOWN');
  }); // prettier-ignore
});
