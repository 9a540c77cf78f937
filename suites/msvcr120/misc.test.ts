// What is left of stdlib.h, time.h, and behaviour that one call alone does not show.
import { as, conformance, fc, outBuffer } from 'dllparity';
import { invalidParameterSafe } from './handlers.ts';
import { crt } from './msvcr120.ts';
import { integers32, integers64, magnitudes, whole, within } from './numbers.ts';
import { over } from './texts.ts';

const signed = integers32(true);
const unsigned = integers32(false);
const long = integers64(true);
const unsignedLong = integers64(false);
const shift = fc.oneof(whole(-70, 70), signed);
const specials = [0, 1, -1, 7, -7, 2 ** 31 - 1];

conformance('abs', crt.abs, { args: [signed], runs: 120 });
conformance('labs', crt.labs, { args: [signed], runs: 120 });
conformance('llabs', crt.llabs, { args: [long], runs: 120 });
conformance('_abs64', crt._abs64, { args: [long], runs: 120 });
conformance('_rotl', crt._rotl, { args: [unsigned, shift], runs: 120 });
conformance('_rotr', crt._rotr, { args: [unsigned, shift], runs: 120 });
conformance('_lrotl', crt._lrotl, { args: [unsigned, shift], runs: 120 });
conformance('_lrotr', crt._lrotr, { args: [unsigned, shift], runs: 120 });
conformance('_rotl64', crt._rotl64, { args: [unsignedLong, shift], runs: 120 });
conformance('_rotr64', crt._rotr64, { args: [unsignedLong, shift], runs: 120 });
conformance('_byteswap_ushort', crt._byteswap_ushort, { args: [whole(0, 0xffff)], runs: 120 });
conformance('_byteswap_ulong', crt._byteswap_ulong, { args: [unsigned], runs: 120 });
conformance('_byteswap_uint64', crt._byteswap_uint64, { args: [unsignedLong], runs: 120 });

// Dividing by zero faults, on Windows too, and so does the one quotient that has no place in its type.
const lowest = -(2 ** 31);
conformance('div', crt.div, {
  args: fc.tuple(
    signed,
    signed.filter((value) => value !== 0),
  ),
  always: [...specials.flatMap((a) => [1, -1, 3, -3].map((b) => [a, b])), [1, 0], [0, 0], [lowest, -1], [lowest, 1]],
  runs: 200,
});
conformance('ldiv', crt.ldiv, {
  args: fc.tuple(
    signed,
    signed.filter((value) => value !== 0),
  ),
  always: [[1, 0]],
  runs: 120,
});
conformance('lldiv', crt.lldiv, {
  args: fc.tuple(
    long,
    long.filter((value) => value !== 0n),
  ),
  always: [[1, 0]],
  runs: 200,
});

conformance('rand', crt, {
  input: unsigned,
  always: [0, 1, 2, 42, 2 ** 31, 2 ** 32 - 1],
  runs: 120,
  script: (loaded, seed) => {
    loaded.srand(seed);
    return { values: Array.from({ length: 24 }, () => loaded.rand()) };
  },
});

// Microsoft's code chooses FMA3 instructions where the processor has them. These suites switch them off, so that a
// difference in the last bit can be told from one that only the processor makes.
for (const name of ['sin', 'cos', 'tan', 'exp'] as const) {
  conformance(`${name} (FMA3 off)`, crt, {
    input: name === 'exp' ? within(-745, 710) : fc.oneof(within(-10, 10), within(-1e6, 1e6), magnitudes(-30, 40)),
    runs: 120,
    architectures: ['x64'],
    script: (loaded, x) => {
      loaded._set_FMA3_enable(0);
      const result = loaded[name](x);
      loaded._set_FMA3_enable(1);
      return { result };
    },
  });
}

const pathPart = over('ab.\\/ :', 10);
conformance('_splitpath', crt._splitpath, {
  args: pathPart.chain((path) =>
    fc.tuple(fc.constant(path), ...[4, 16, 16, 16].map((size) => fc.constant(outBuffer(size)))),
  ),
  runs: 200,
});
conformance('_makepath', crt._makepath, {
  args: fc.tuple(fc.constant(outBuffer(48)), over('cC:', 2), over('ab\\/.', 6), over('ab.', 6), over('.ex', 4)),
  runs: 200,
});

const seconds = fc.oneof(
  whole(-100_000, 2 ** 31 - 1),
  fc.bigInt({ min: 0n, max: 32_535_244_799n }).map(Number),
  fc.constantFrom(0, 951_782_400, 1_078_012_800, 4_107_542_400, 32_535_244_799),
);
const date = fc.record(
  {
    tm_sec: whole(0, 59),
    tm_min: whole(0, 59),
    tm_hour: whole(0, 23),
    tm_mday: whole(1, 28),
    tm_mon: whole(0, 11),
    tm_year: whole(70, 200),
    tm_wday: whole(0, 6),
    tm_yday: whole(0, 365),
    tm_isdst: fc.constant(0),
  },
  { noNullPrototype: true },
);
conformance('_gmtime64_s', crt._gmtime64_s, {
  args: seconds.filter((value) => value >= 0).map((value) => [[value]]),
  runs: 200,
});
conformance('_mkgmtime64', crt._mkgmtime64, {
  args: fc
    .tuple(date, whole(-60, 120), whole(-40, 60), whole(-20, 30))
    .map(([time, sec, mday, mon]) => [{ ...time, tm_sec: sec, tm_mday: mday, tm_mon: mon }]),
  runs: 200,
});
conformance('asctime', crt.asctime, { args: fc.tuple(date), runs: 120 });

// Without a handler Microsoft's code asks IsProcessorFeaturePresent how to end the process, and is answered by Wine: no evidence.
// _itoa of radix 1 is not here either: Microsoft's code then writes on and on, and what comes of that depends on where the buffer lies.
const invalid = {
  strtol: (loaded) => loaded.strtol.outcome('12', [null], 1),
  strtoul: (loaded) => loaded.strtoul.outcome('12', [null], 37),
  'strtol of null': (loaded) => loaded.strtol.outcome(null, [null], 10),
  'strtod of null': (loaded) => loaded.strtod.outcome(null, [null]),
  'atoi of null': (loaded) => loaded.atoi.outcome(null),
  '_snprintf without format': (loaded) => loaded._snprintf.outcome(Buffer.alloc(8), 8, null),
  '_snprintf without buffer': (loaded) => loaded._snprintf.outcome(null, 8, 'abc'),
  '%n': (loaded) => loaded._snprintf.outcome(Buffer.alloc(8), 8, 'a%nb', as([0], 'int *')),
  '_snprintf_s without room': (loaded) => loaded._snprintf_s.outcome(Buffer.alloc(8), 4, 8, 'abcdef'),
  '_gmtime64_s before 1970': (loaded) => loaded._gmtime64_s.outcome([null] as never, [-100_000]),
  'strncpy_s without room': (loaded) => loaded.strncpy_s.outcome(Buffer.alloc(8), 4, 'abcdef', 6),
  'strncpy_s of null': (loaded) => loaded.strncpy_s.outcome(Buffer.alloc(8), 8, null, 3),
  '_stricmp of null': (loaded) => loaded._stricmp.outcome(null, 'a'),
  '_strnicmp of null': (loaded) => loaded._strnicmp.outcome('a', null, 1),
  '_gcvt without buffer': (loaded) => loaded._gcvt.outcome(1.5, 5, null),
  'asctime of null': (loaded) => loaded.asctime.outcome(null),
  'strftime of null': (loaded) => loaded.strftime.outcome(Buffer.alloc(8), 8, null, null),
} as const satisfies Record<string, (loaded: Parameters<typeof invalidParameterSafe>[0]) => unknown>;

conformance('invalid parameter with handler', crt, {
  input: fc.constantFrom(...(Object.keys(invalid) as (keyof typeof invalid)[])),
  always: Object.keys(invalid) as (keyof typeof invalid)[],
  runs: Object.keys(invalid).length,
  script: (loaded, name, agent) => invalidParameterSafe(loaded, agent, () => invalid[name](loaded)),
});
