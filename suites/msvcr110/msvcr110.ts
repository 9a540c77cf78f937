import { earlyRuntime } from '../c-runtime/runtimes.ts';

export const crt = earlyRuntime('msvcr110.dll');
