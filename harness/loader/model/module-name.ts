// What the name that a program gives to the loader means, before anything is looked for.

import type { ProcessState } from './process-state.ts';
import { type Trace, Undocumented } from './step.ts';
import { baseName, fullPath, hasFolder, isFullPath, isRooted } from './windows-path.ts';

export type ModuleName =
  /** Without a folder: all rules hold. */
  | { readonly kind: 'plain'; readonly name: string }
  /** `sub\a.dll`: appended to each folder of the search. */
  | { readonly kind: 'relative'; readonly path: string }
  | { readonly kind: 'full'; readonly path: string }
  /** `C:a.dll`, which Windows 10 and 11 refuse. */
  | { readonly kind: 'refused' };

const DEVICES = /^(con|prn|aux|nul|com[0-9]|lpt[0-9]|conin\$|conout\$)(\.|:|$)/i;

export function readModuleName(written: string, state: ProcessState, trace: Trace): ModuleName {
  const named = withoutBlanks(written, trace);
  if (DEVICES.test(baseName(named)) || named.startsWith('\\\\.\\')) {
    throw new Undocumented('device-name', `no page says what the loader does with the device ${named}`);
  }
  const text = withBackslashes(named, trace);
  if (!hasFolder(text)) return { kind: 'plain', name: withExtension(text, trace) };
  if (isRooted(text)) trace.say('rooted-path', `${text} begins at the root of the drive of the current folder`);
  if (isFullPath(text) || isRooted(text))
    return { kind: 'full', path: fullPath(withPathExtension(text, trace), state.currentFolder) };
  if (/^[a-z]:/i.test(text)) {
    if (!/\\/.test(text) && !state.ways.takes('drive-relative-name')) {
      trace.say('drive-relative', `${text} names a drive and no folder: Windows 10 and 11 find nothing`, {
        found: false,
      });
      return { kind: 'refused' };
    }
    trace.say('drive-relative', `${text} is a path below the current folder of the drive`);
    return { kind: 'full', path: fullPath(withPathExtension(text, trace), state.currentFolder) };
  }
  if (/^\.\.?\\/.test(text) && state.ways.ofWindows) {
    throw new Undocumented('relative-path', 'no page says whether . and .. at its start mean the current folder');
  }
  return { kind: 'relative', path: withPathExtension(text, trace) };
}

/** Full paths and rooted ones are known to load with forward slashes; of others nobody says it. */
function withBackslashes(text: string, trace: Trace): string {
  if (!text.includes('/')) return text;
  if (!isRooted(text) && !/^[a-z]:[\\/]/i.test(text)) {
    throw new Undocumented('forward-slash', 'nobody says what forward slashes do in a path that is not a full one');
  }
  trace.say('forward-slash', `${text} is taken as if it had backslashes`);
  return text.replaceAll('/', '\\');
}

function withoutBlanks(name: string, trace: Trace): string {
  const text = name.replace(/ +$/, '');
  if (text === name) return name;
  if (text === '' || hasFolder(text)) {
    throw new Undocumented('name-blanks', 'no page says what blanks at the end of a path, or blanks alone, mean');
  }
  trace.say('name-blanks', `the blanks at the end of "${name}" do not count`);
  return text;
}

/** The plain name as it is looked for. */
export function withExtension(name: string, trace: Trace): string {
  if (name.endsWith('.')) {
    trace.say('name-extension', `the point at the end of ${name} keeps .dll away`);
    return name.replace(/\.+$/, '');
  }
  if (name.includes('.')) return name;
  trace.say('name-extension', `${name} has no extension: ${name}.dll is looked for`);
  return `${name}.dll`;
}

function withPathExtension(path: string, trace: Trace): string {
  const name = baseName(path);
  if (name.endsWith('.')) return path.replace(/\.+$/, '');
  if (name.includes('.')) return path;
  trace.say('path-extension', `${path} has no extension: .dll is appended`);
  return `${path}.dll`;
}
