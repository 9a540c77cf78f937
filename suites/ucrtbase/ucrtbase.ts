import { universalRuntime } from '../c-runtime/runtimes.ts';

export const crt = universalRuntime('ucrtbase.dll');
