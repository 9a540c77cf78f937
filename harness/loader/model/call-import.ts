// Calls of imported functions: of imports at load time, and of delayed ones.

import type { LoaderCall } from '../scenario.ts';
import type { Running } from './running.ts';
import { allSteps } from './all-steps.ts';
import { resolveExport } from './forwarder.ts';
import { loadModule } from './load.ts';
import type { Module } from './module-list.ts';
import { PLAIN_REQUEST } from './search-request.ts';
import { Undocumented } from './step.ts';
import { imageWord } from './words.ts';

const NOT_IMPORTED = 'call ERROR_PROC_NOT_FOUND';

/** VcppException(ERROR_SEVERITY_ERROR, …) of delayimp.h: what the helper of Microsoft's linker raises. */
const NO_MODULE = 'exit 0xc06d007e';
const NO_FUNCTION = 'exit 0xc06d007f';

export function callImport({ of, symbol }: Extract<LoaderCall, { call: 'CallImport' }>, running: Running): string {
  const imported = of === undefined ? [...running.programImports.values()][0] : importOf(of, running);
  running.trace.say('import-call', `the import ${symbol}`, { path: imported?.path, found: imported !== undefined });
  // A module that asks for an export that nobody has is not loaded.
  if (imported === undefined || symbol === 'missing') return NOT_IMPORTED;
  const answering = resolveExport(imported, 'which', running);
  if (answering === undefined) throw new Undocumented('import-call', 'the import leads to a DLL that is not there');
  return `call ${imageWord(answering.image, answering.path, running.world)}`;
}

/** What the module of a call imports; undefined: nothing, or there is no module. */
function importOf(of: number, { state, handles }: Running): Module | undefined {
  const handle = handles[of];
  if (handle?.kind === 'data') throw new Undocumented('data-file', 'nothing of a data file can be called');
  if (handle?.kind !== 'module') return undefined;
  const { module } = handle;
  if (!state.modules.includes(module) || module.unresolved) {
    throw new Undocumented('import-call', 'the module is not there for calls');
  }
  return [...module.imports.values()][0];
}

export function callDelayed({ file, symbol }: Extract<LoaderCall, { call: 'CallDelayed' }>, running: Running): string {
  const module = delayed(file, running);
  if (module === undefined) return NO_MODULE;
  const { exports } = module.image;
  const isThere = symbol === 'which' && (exports?.has(symbol) ?? false);
  running.trace.say('delayed-import', `its export ${symbol}`, { path: module.path, found: isThere });
  if (!isThere) return NO_FUNCTION;
  const answering = resolveExport(module, symbol, running);
  if (answering === undefined) return NO_FUNCTION;
  return `call ${imageWord(answering.image, answering.path, running.world)}`;
}

/** The module of a delayed import; undefined where it cannot be loaded. */
function delayed(file: string, running: Running): Module | undefined {
  const { state, world, trace, handles, index } = running;
  const key = file.toLowerCase();
  const before = handles.find((handle) => handle?.kind === 'delayed' && handle.file === key);
  if (before?.kind === 'delayed') {
    trace.say('delayed-import', `${file} was loaded for a call before`, { path: before.module.path, found: true });
    return before.module;
  }
  trace.say('delayed-import', `the helper of the linker calls LoadLibrary with ${file}`);
  const node = loadModule(file, PLAIN_REQUEST, state, world, { tolerant: false, unresolved: false });
  trace.steps.push(...allSteps(node));
  const { result } = node;
  if (result.kind === 'unknown') throw new Undocumented(result.rule, result.because);
  if (result.kind === 'failed') return undefined;
  handles[index] = { kind: 'delayed', file: key, module: result.module };
  return result.module;
}
