// stdio.h since Visual Studio 2015: the functions that all of printf leads to. Their options say which printf it is.
import { conformance, fc } from 'dllparity';
import { withArgumentList, listed, type ListedArgument } from './argument-lists.ts';
import { type Format, formats } from './formats.ts';
import { invalidParameterSafe } from './handlers.ts';
import { whole } from './numbers.ts';
import type { UniversalRuntime } from './runtimes.ts';

/** `_CRT_INTERNAL_PRINTF_…` of corecrt_stdio_config.h. */
const OPTIONS = {
  /** _snprintf and _vsnprintf: no NUL where there is no room for it. */
  legacyTermination: 1,
  /** snprintf: counts on, and always ends with NUL. */
  standardSnprintf: 2,
  /** %s of the wide functions is wide. */
  legacyWide: 4,
  /** Infinities and NaN as in msvcrt.dll. */
  legacyMsvcrt: 8,
  threeDigitExponents: 16,
} as const;

const options = fc.oneof(
  fc.constantFrom(...Object.values(OPTIONS), 0),
  fc.subarray(Object.values(OPTIONS)).map((flags) => flags.reduce((all, flag) => all | flag, 0)),
);
const sizes = fc.oneof({ weight: 3, arbitrary: fc.constant(64) }, { weight: 1, arbitrary: whole(0, 24) });

interface PrintfInput {
  readonly options: number;
  readonly size: number;
  readonly format: string;
  readonly values: readonly ListedArgument[];
}

const inputs = (format: fc.Arbitrary<Format>): fc.Arbitrary<PrintfInput> =>
  fc
    .tuple(options, sizes, format)
    .map(([chosen, size, [text, ...values]]) => ({ options: chosen, size, format: text, values: values.map(listed) }))
    // There F is no conversion but a prefix, so that the arguments belong to others.
    .filter(({ options: chosen, format: text }) => (chosen & OPTIONS.legacyMsvcrt) === 0 || !text.includes('F'));

/** The conversions whose digits, widths and infinities differ from implementation to implementation. */
const documented: readonly PrintfInput[] = [
  ...['%.20e', '%.17g', '%.3f', '%g', '%e', '%a', '%A', '%.0a', '%+.13a', '%#g'].flatMap((format) =>
    [1 / 3, 1e300, 5e-324].map((value) => ({ options: 0, size: 64, format, values: [['double', value]] as const })),
  ),
  ...['%f', '%.0f', '%10.3e', '%-10g|', '%010f', '%a'].flatMap((format) =>
    [0, OPTIONS.legacyMsvcrt].flatMap((chosen) =>
      ['inf', '-inf', 'nan'].map((value) => ({
        options: chosen,
        size: 64,
        format,
        values: [['double', value]] as const,
      })),
    ),
  ),
];

export function universalPrintfSuites(crt: UniversalRuntime): void {
  const narrow = formats({ universal: true });
  const wide = formats({ universal: true, wide: true });
  const valid = formats({ universal: true, valid: true });
  const validWide = formats({ universal: true, valid: true, wide: true });
  for (const [name, format, runs] of [
    ['__stdio_common_vsprintf', narrow, 3000],
    ['__stdio_common_vswprintf', wide, 1000],
    ['__stdio_common_vsprintf_s', valid, 400],
    ['__stdio_common_vswprintf_s', validWide, 400],
    ['__stdio_common_vsprintf_p', valid, 400],
    ['__stdio_common_vswprintf_p', validWide, 400],
  ] as const) {
    conformance(name, crt, {
      input: inputs(format),
      always: runs === 3000 ? documented : [],
      runs,
      script: (loaded, { options: chosen, size, format: text, values }, agent) => {
        const wideText = name.includes('vsw');
        const buffer = Buffer.alloc(wideText ? 128 : 64, '#');
        const called = invalidParameterSafe(loaded, agent, () =>
          withArgumentList(loaded, agent, values, (list) =>
            loaded[name].outcome(chosen, buffer, size, text, null, list),
          ),
        );
        return { ...called, buffer };
      },
    });
  }
  for (const [name, format] of [
    ['__stdio_common_vsnprintf_s', valid],
    ['__stdio_common_vsnwprintf_s', validWide],
  ] as const) {
    conformance(name, crt, {
      input: fc
        .tuple(inputs(format), fc.oneof(fc.constant(-1), whole(0, 48)))
        .map(([input, count]) => ({ ...input, count })),
      runs: 400,
      script: (loaded, { options: chosen, size, count, format: text, values }, agent) => {
        const buffer = Buffer.alloc(name.includes('snw') ? 128 : 64, '#');
        const called = invalidParameterSafe(loaded, agent, () =>
          withArgumentList(loaded, agent, values, (list) =>
            loaded[name].outcome(chosen, buffer, size, count, text, null, list),
          ),
        );
        return { ...called, buffer };
      },
    });
  }
}
