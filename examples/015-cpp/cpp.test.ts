import { describe, expect, library, sizeOf, struct, test } from 'dllparity';

const thrower = library('cpp_throw.dll', {
  throwAndCatch: 'int throw_and_catch()',
  throwEscapes: 'int throw_escapes()',
});

test('an exception that the DLL catches is its own business', ({ load }) => {
  expect(load(thrower).throwAndCatch.outcome()).toMatchObject({ kind: 'returned', result: 42 });
});

test('one that escapes is an outcome, and the next call works', ({ load }) => {
  expect(load(thrower).throwEscapes.outcome().kind).not.toBe('returned');
  expect(load(thrower).throwAndCatch()).toBe(42);
});

// A class: std::exception, as Microsoft's C++ runtime exports it. Member functions have decorated names, and those say how wide a
// pointer is. `__thiscall` puts the object into ECX on ia32.
const exception = struct('exception', { vtable: 'void *', text: 'const char *', owned: 'bool' });
const MEMBERS = {
  construct: 'exception *__thiscall construct(exception *self, const char **what)',
  copy: 'exception *__thiscall copy(exception *self, const exception *other)',
  what: 'const char *__thiscall what(const exception *self)',
  destroy: 'void __thiscall destroy(exception *self)',
} as const;
const types = { exception };
const classes = {
  x64: library('msvcr120.dll', MEMBERS, {
    types,
    exports: {
      construct: '??0exception@std@@QEAA@AEBQEBD@Z',
      copy: '??0exception@std@@QEAA@AEBV01@@Z',
      what: '?what@exception@std@@UEBAPEBDXZ',
      destroy: '??1exception@std@@UEAA@XZ',
    },
  }),
  ia32: library('msvcr120.dll', MEMBERS, {
    types,
    exports: {
      construct: '??0exception@std@@QAE@ABQBD@Z',
      copy: '??0exception@std@@QAE@ABV01@@Z',
      what: '?what@exception@std@@UBEPBDXZ',
      destroy: '??1exception@std@@UAE@XZ',
    },
  }),
};

describe('an object of a C++ class', () => {
  test('lives in memory of ours, from constructor to destructor', ({ agent }) => {
    const { construct, what, destroy } = agent.load(classes[agent.installation.architecture]);
    using self = agent.buffer(sizeOf(exception, agent.pointerBytes));
    construct(self.pointer, ['out of cheese']);
    expect(what(self.pointer)).toBe('out of cheese');
    expect(self.pointer.read(exception).owned).toBe(true);
    destroy(self.pointer);
  });

  test('is copied by its copy constructor', ({ agent }) => {
    const { construct, copy, what, destroy } = agent.load(classes[agent.installation.architecture]);
    const size = sizeOf(exception, agent.pointerBytes);
    using first = agent.buffer(size);
    using second = agent.buffer(size);
    construct(first.pointer, ['once']);
    copy(second.pointer, first.pointer);
    destroy(first.pointer);
    expect(what(second.pointer)).toBe('once');
    destroy(second.pointer);
  });
});
