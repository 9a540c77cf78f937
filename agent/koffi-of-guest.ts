// koffi lies in the guest project, not beside this file, so it is resolved from there.
import { createRequire } from 'node:module';

export type Koffi = typeof import('koffi');

/** koffi from the guest project's node_modules (a Windows path). */
export function koffiOfGuest(modules: string): Koffi {
  return createRequire(`${modules}\\resolve-from-here.js`)('koffi') as Koffi;
}
