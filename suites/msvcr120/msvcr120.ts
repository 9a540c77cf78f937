import { c99Runtime } from '../c-runtime/runtimes.ts';

export const crt = c99Runtime('msvcr120.dll');
