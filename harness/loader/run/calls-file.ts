import { expandFolders } from '../places.ts';
import type { LoaderCall } from '../scenario.ts';

/** The program reads as many characters as that. */
export const MAX_CALLS_BYTES = (1 << 18) - 2;
export const MAX_CALLS = 256;

/** The calls as the program reads them: reference-dlls/search-order/probe.c says in which form. */
export function callsFile(calls: readonly LoaderCall[], root: string): Buffer {
  const lines = calls.map((call) => [call.call, ...parts(call, root)].join('\t'));
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''), 'utf16le');
  if (calls.length > MAX_CALLS || bytes.length > MAX_CALLS_BYTES)
    throw new Error(`a scenario has at most ${String(MAX_CALLS)} calls, ${String(MAX_CALLS_BYTES)} bytes of them`);
  return bytes;
}

function parts(call: LoaderCall, root: string): string[] {
  const text = (value: string | null | undefined): string => {
    if (value === null || value === undefined) return '-';
    const expanded = expandFolders(value, root);
    if (/[\t\n\0]/.test(expanded)) throw new Error(`a text in ${call.call} has a tab, a line feed or a null in it`);
    return `=${expanded}`;
  };
  const number = (value: number): string => value.toString(16);
  switch (call.call) {
    case 'LoadLibrary':
    case 'GetModuleHandle':
      return [text(call.name)];
    case 'LoadLibraryEx':
      return [text(call.name), number(call.flags)];
    case 'SetDllDirectory':
    case 'AddDllDirectory':
    case 'SetCurrentDirectory':
    case 'lock':
      return [text(call.path)];
    case 'SetDefaultDllDirectories':
      return [number(call.flags)];
    case 'RemoveDllDirectory':
    case 'FreeLibrary':
      return [number(call.of)];
    case 'GetProcAddress':
      return [number(call.of), text(call.name)];
    case 'CallImport':
      return [call.of === undefined ? '-' : number(call.of), `=${call.symbol}`];
    case 'CallDelayed':
      // The name of an import is taken as it is.
      return [`=${call.file}`, call.symbol === 'which' ? '=which' : '=which_no_variant_has'];
    case 'same':
      return [number(call.of[0]), number(call.of[1])];
    case 'SearchPath':
      return [text(call.path), text(call.name), text(call.extension)];
    case 'ActivateActCtx':
      return [text(call.source), text(call.directory), call.resource === undefined ? '-' : number(call.resource)];
    case 'DeactivateActCtx':
      return [];
    case 'SetEnvironmentVariable':
      // Its name is taken as it is.
      return [`=${call.name}`, text(call.value)];
    case 'CreateHardLink':
      return [text(call.path), text(call.existing)];
  }
}
