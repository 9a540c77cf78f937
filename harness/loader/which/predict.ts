import type { WhichOnWindows, WhichStep } from '../../../protocol/records/which-record.ts';
import { UNKNOWN_FOLDER } from '../model/find-assembly.ts';
import { RULES } from '../model/rules.ts';
import type { Step } from '../model/step.ts';
import { isPerhapsWindowsDll, isWindowsDll } from '../model/system-dlls.ts';
import { isApiSetName } from '../model/windows-dlls.ts';
import { folderOf, joinPath, pathKey } from '../model/windows-path.ts';
import type { GraphModule } from './graph.ts';
import type { RealWorld } from './real-world.ts';
import { SYSTEM_FOLDER } from './real-world.ts';

/** What may be asked about a prediction. */
export interface Hints {
  readonly world: RealWorld;
  /** Whether a folder that is not Windows's own, and that is searched, has a file of this name. */
  readonly isElsewhere: (name: string) => boolean;
  /** Whether the runtime has a DLL of this name, which suggests that Windows has one too, and does not prove it. */
  readonly wineHas: (name: string) => boolean;
}

/** The model's answer for one DLL in the words of the record, and `unknown` where only a real Windows could tell. */
export function onWindows(module: GraphModule, hints: Hints): WhichOnWindows {
  const answer = byModel(module, hints);
  if (answer.state !== 'missing' && answer.state !== 'file') return answer;
  const passedSystem = module.steps.some((step) => isSystem(step) && step.found === false);
  const wineHas = hints.wineHas(module.name);
  const isSure = isWindowsDll(module.name) || !(wineHas || isPerhapsWindowsDll(module.name));
  if (!passedSystem || isSure) return answer;
  const or = answer.state === 'file' ? `, or else ${answer.path ?? ''}` : '';
  return {
    ...answer,
    state: 'unknown',
    because: `${wineHas ? 'Wine has' : 'some versions of Windows have'} a DLL of this name; whether Windows has one is not known here${or}`,
  };
}

function byModel(module: GraphModule, { world, isElsewhere }: Hints): WhichOnWindows {
  const steps = module.steps.map(asStep);
  const { result } = module;
  if (module.when === null) return { state: 'program', path: null, because: 'the program', steps };
  if (result.kind === 'loaded') {
    const decided = module.steps.findLast((step) => step.found === true);
    const because = decided === undefined ? 'loaded' : RULES[decided.rule].title;
    if (!result.module.image.partOfWindows) return { state: 'file', path: result.module.path, because, steps };
    // The name of an API set is nobody's file, and the folder of a shared assembly is not known.
    const isOfNoFile = isApiSetName(module.name) || folderOf(result.module.path).endsWith(UNKNOWN_FOLDER);
    const path = isOfNoFile ? null : result.module.path;
    return { state: 'windows', path, because, steps };
  }
  if (result.kind === 'unknown') return notSaid(module, result.because, steps, isElsewhere(module.name));
  const last = module.steps.findLast((step) => step.path !== undefined && step.found === true);
  if (result.error === 'not-found') return { state: 'missing', path: null, because: 'no folder has it', steps };
  const path = last?.path ?? null;
  const bad = path === null ? undefined : world.bad.get(pathKey(path));
  const file = path === null ? undefined : world.fileAt(path);
  const because = bad === undefined ? `it is for ${file?.architecture ?? 'another architecture'}` : `it is ${bad}`;
  return { state: 'refused', path, because, steps };
}

/** No document says. Where no folder but the system's has the name, it makes no difference, since every Windows has it there. */
function notSaid(
  module: GraphModule,
  because: string,
  steps: readonly WhichStep[],
  isElsewhere: boolean,
): WhichOnWindows {
  const isWindows = isWindowsDll(module.name);
  if (!isWindows || isElsewhere) return { state: 'unknown', path: null, because, steps };
  const path = joinPath(SYSTEM_FOLDER, module.name);
  return { state: 'windows', path, because: RULES['system-folder'].title, steps };
}

function isSystem(step: Step): boolean {
  return step.path !== undefined && pathKey(folderOf(step.path)) === pathKey(SYSTEM_FOLDER);
}

function asStep({ rule, text, path, found, skipped }: Step): WhichStep {
  return {
    text,
    path: path ?? null,
    found: found ?? null,
    skipped: skipped ?? null,
    rule: RULES[rule].title,
    source: RULES[rule].source,
  };
}
