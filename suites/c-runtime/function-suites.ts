import { conformance, type FunctionSuiteOptions } from 'dllparity';
import type { DeclaredFunction, Library } from 'dllparity/agent';

/** Declares the suite of one function under the function's name. Nothing where the runtime does not have it. */
export type FunctionSuite = (name: string, options: FunctionSuiteOptions) => void;

export function functionSuites(crt: Library): FunctionSuite {
  const functions = crt as unknown as Readonly<Partial<Record<string, DeclaredFunction>>>;
  return (name, options) => {
    const declared = functions[name];
    if (declared) conformance(name, declared, options);
  };
}

/** Declares the same suite for several functions. */
export function alike(suite: FunctionSuite, names: string, options: FunctionSuiteOptions): void {
  for (const name of names.split(' ')) suite(name, options);
}

/** Whether it is the runtime since Visual Studio 2015. */
export function isUniversal(crt: Library): boolean {
  return '__stdio_common_vsprintf' in crt;
}
