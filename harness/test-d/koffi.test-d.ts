// The drop-in has koffi's own types. `tsc` checks this file; nothing runs.
import type * as koffi from 'koffi';
import type * as dropIn from 'dllparity/koffi';
import type koffiDefault from 'koffi';
import type dropInDefault from 'dllparity/koffi';
import type { KoffiFunc, LibraryHandle, TypeObject } from 'dllparity/koffi';

/* eslint-disable @typescript-eslint/no-unnecessary-type-parameters -- comparing types takes parameters that stand once */
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** Accepts `true` alone. */
const holds = <T extends true>(): T | undefined => undefined;
/* eslint-enable @typescript-eslint/no-unnecessary-type-parameters */

// `internal` is declared by koffi, and missing in what it exports.
type Names = Exclude<keyof typeof koffi, 'internal'>;
holds<Equal<{ [K in Names]: (typeof koffi)[K] }, { [K in Names]: (typeof dropIn)[K] }>>();
holds<Equal<typeof koffiDefault, typeof dropInDefault>>();
holds<Equal<LibraryHandle, koffi.LibraryHandle>>();
holds<Equal<TypeObject, koffi.TypeObject>>();
holds<Equal<KoffiFunc<(a: number) => string>, koffi.KoffiFunc<(a: number) => string>>>();

holds<Equal<ReturnType<typeof dropIn.load>, koffi.LibraryHandle>>();
holds<Equal<ReturnType<typeof dropIn.struct>, koffi.TypeObject>>();
holds<Equal<ReturnType<typeof dropIn.register>, bigint>>();
