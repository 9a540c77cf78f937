import { nearestName } from '../../base/nearest-name.ts';
import { FOLDERS, PLACE_WORDS, unknownPlace } from '../places.ts';
import { programFile } from '../program-file.ts';
import { allFiles } from '../shared-assemblies.ts';
import type { DllContent, LoaderCall, PlacedFile, Program, Scenario } from '../scenario.ts';

/** Something that does not go together, and where in the scenario. */
export interface Complaint {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What is wrong with a scenario whose fields are right one by one. */
export function checkScenario(scenario: Scenario): Complaint | undefined {
  return (
    checkFiles(allFiles(scenario, 'x64'), scenario.program) ??
    scenario.calls.reduce<Complaint | undefined>(
      (found, call, index) => found ?? checkCall(call, index, scenario.calls),
      undefined,
    ) ??
    checkRegistry(scenario) ??
    checkExpectation(scenario)
  );
}

/** How the file writes the place of a file: `app/so.asm/x.dll`. */
export function placeText({ folder, path }: Pick<PlacedFile, 'folder' | 'path'>): string {
  return `${folder}/${path.replaceAll('\\', '/')}`;
}

function checkFiles(files: readonly PlacedFile[], program: Program): Complaint | undefined {
  const ofProgram = placeText({ folder: 'app', path: programFile(program) }).toLowerCase();
  const variants = new Map<string, string>();
  const places = new Map<string, PlacedFile>();
  for (const file of files) {
    const place = placeText(file);
    const complain = (message: string): Complaint => ({ path: ['files', place], message });
    // Windows does not tell upper case from lower case.
    const folded = place.toLowerCase();
    if (folded === ofProgram) return complain('is the program itself: give it fields with "program"');
    if (places.has(folded))
      return complain(`the same place is named as ${placeText(places.get(folded) ?? file)} before`);
    for (const [other, { content }] of places) {
      const isInside = folded.startsWith(`${other}/`) || other.startsWith(`${folded}/`);
      const outer = folded.startsWith(`${other}/`) ? content : file.content;
      if (isInside && outer.kind !== 'folder') return complain(`${other} cannot be a file and a folder`);
    }
    places.set(folded, file);
    if (file.content.kind !== 'dll') continue;
    // Two copies of one DLL must say which they are; DLLs of different names are told apart by what asks for them.
    const { variant } = file.content;
    const key = `${variant} ${folded.slice(folded.lastIndexOf('/') + 1)}`;
    const before = variants.get(key);
    if (before !== undefined)
      return complain(`variant "${variant}" is at ${before} already: name this one, { dll: another-name }`);
    variants.set(key, place);
    const wrong = checkDll(file.content);
    if (wrong !== undefined) return complain(wrong);
  }
  return undefined;
}

function checkDll(dll: DllContent): string | undefined {
  const { imports, missingSymbol, forwards, dllMain } = dll;
  if (forwards !== undefined && imports !== undefined)
    return 'a DLL either imports or forwards: both cannot answer for its export';
  if (forwards !== undefined && dllMain !== 'succeeds') return 'a DLL that forwards has no DllMain of its own';
  if (imports !== undefined && dllMain !== 'succeeds')
    return 'a DLL that imports has a DllMain that succeeds: no test DLL has both';
  if (missingSymbol && imports === undefined) return 'missingSymbol needs imports: the DLL that lacks the symbol';
  return undefined;
}

/** Braces may belong to a name: only what is close to a folder is a mistake. */
function misspeltPlace(text: string): string | undefined {
  const unknown = unknownPlace(text);
  const near = unknown === undefined ? undefined : nearestName(unknown.word, PLACE_WORDS);
  return near === undefined ? undefined : `${unknown?.place ?? ''} stands for no folder: did you mean ${near}?`;
}

type CallName = LoaderCall['call'];
const GIVE_MODULES: readonly CallName[] = ['LoadLibrary', 'LoadLibraryEx', 'GetModuleHandle'];

function checkCall(call: LoaderCall, index: number, calls: readonly LoaderCall[]): Complaint | undefined {
  const path = ['calls', index, call.call];
  const misspelt = Object.values(call)
    .map((value) => (typeof value === 'string' ? misspeltPlace(value) : undefined))
    .find((message) => message !== undefined);
  if (misspelt !== undefined) return { path, message: misspelt };
  const mustBe = (of: number, names: readonly CallName[]): Complaint | undefined => {
    const named = calls[of];
    const number = String(of + 1);
    if (of >= index) return { path, message: `call ${number} is not before this one; calls are counted from 1` };
    if (named === undefined || !names.includes(named.call))
      return { path, message: `call ${number} is ${named?.call ?? 'none'}, and must be ${names.join(' or ')}` };
    return undefined;
  };
  switch (call.call) {
    case 'RemoveDllDirectory':
      return mustBe(call.of, ['AddDllDirectory']);
    case 'FreeLibrary':
    case 'GetProcAddress':
      return mustBe(call.of, GIVE_MODULES);
    case 'CallImport':
      return call.of === undefined ? undefined : mustBe(call.of, GIVE_MODULES);
    case 'same':
      return mustBe(call.of[0], GIVE_MODULES) ?? mustBe(call.of[1], GIVE_MODULES);
    case 'DeactivateActCtx': {
      const before = calls.slice(0, index).map((each) => each.call);
      const active = before.filter((name) => name === 'ActivateActCtx').length;
      const ended = before.filter((name) => name === 'DeactivateActCtx').length;
      return active > ended
        ? undefined
        : { path: ['calls', index], message: 'no ActivateActCtx before it is still active' };
    }
    default:
      return undefined;
  }
}

function checkRegistry({ registry }: Scenario): Complaint | undefined {
  const wrong = registry.find(({ path }) => !/^(HKLM|HKCU)(\\[^\\]+){2,}$/i.test(path));
  return wrong === undefined
    ? undefined
    : {
        path: ['registry', wrong.path],
        message: 'must be HKLM or HKCU, keys, and the name of the value, with backslashes',
      };
}

const PREFIX = /^(imports|handle|call|data|image|unresolved|found) /;
const ERROR = /^(ERROR_[A-Z0-9_]+|error \d+)$/;
const STATUS = /^(STATUS_[A-Z0-9_]+|EXCEPTION_[A-Z0-9_]+|0x[0-9a-f]{8})$/;

function checkExpectation(scenario: Scenario): Complaint | undefined {
  const { outcome, evidence } = scenario.expect;
  if (outcome === undefined && evidence !== 'none')
    return { path: ['evidence'], message: `evidence "${evidence}" needs an "expect"; where nobody knows it is "none"` };
  if (outcome !== undefined && evidence === 'none')
    return { path: ['expect'], message: 'with evidence "none" nothing can be expected' };
  const wrong = outcome?.map((word) => wrongWord(word, scenario)).find((message) => message !== undefined);
  if (wrong !== undefined) return { path: ['expect'], message: wrong };
  const known = scenario.wine?.outcome
    .map((word) => wrongWord(word, scenario))
    .find((message) => message !== undefined);
  return known === undefined ? undefined : { path: ['wine', 'outcome'], message: known };
}

/** What is wrong with a word of an outcome; the words are in outcome.ts. */
function wrongWord(word: string, scenario: Scenario): string | undefined {
  if (['same', 'different', 'timed out'].includes(word)) return undefined;
  const variants = allFiles(scenario, 'x64').flatMap(({ content }) =>
    content.kind === 'dll' ? [content.variant] : [],
  );
  const [first = '', ...rest] = word.split(' ');
  const tail = rest.join(' ');
  if (first === 'exit') return STATUS.test(tail) ? undefined : `"${tail}" is no status`;
  if (/^[A-Z]\w+$/.test(first) && ERROR.test(tail) && !first.includes('_')) return undefined;
  if (first === 'start') return ERROR.test(tail) ? undefined : `"${tail}" is no error`;
  if (word.startsWith('found ')) return undefined;
  const bare = word.replace(PREFIX, '').replace(PREFIX, '');
  if (ERROR.test(bare)) return undefined;
  for (const [index, part] of bare.split(' > ').entries()) {
    // What a DllMain could not load.
    if (index > 0 && ERROR.test(part)) continue;
    const [name = '', folder] = part.split(' @ ');
    if (folder !== undefined && !(FOLDERS as readonly string[]).includes(folder.split('\\')[0] ?? ''))
      return `"${folder}" is no folder`;
    if (name !== 'foreign' && !variants.includes(name)) {
      const near = nearestName(name, variants);
      return `"${name}" is no variant of this scenario${near === undefined ? '' : `: did you mean ${near}?`}`;
    }
  }
  return undefined;
}
