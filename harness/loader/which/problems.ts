import { RULES } from '../model/rules.ts';
import type { WhichModule, WhichProblem, WhichStep } from '../../../protocol/records/which-record.ts';
import type { Examined } from './examined.ts';
import type { Graph } from './graph.ts';
import { notImplemented } from './not-implemented.ts';
import { plantingRisks } from './planting.ts';

const ORDER: readonly WhichProblem['severity'][] = ['error', 'warning', 'risk'];

/** Everything that is wrong, or could go wrong, the worst first. */
export function findProblems(
  examined: Examined,
  startProblem: Graph['problem'],
  others: readonly WhichProblem[],
): WhichProblem[] {
  const problems = [
    ...startProblems(examined, startProblem),
    ...examined.modules.flatMap((module) => [...ofModule(module, examined), ...missingSymbols(module, examined)]),
    ...notImplemented(examined),
    ...others,
    ...plantingRisks(examined),
  ];
  return problems.sort((one, other) => ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity));
}

function startProblems({ run, modules }: Examined, startProblem: Graph['problem']): WhichProblem[] {
  const found: WhichProblem[] = [];
  const base = { kind: 'does-not-start', severity: 'error', modules: [0], override: null } as const;
  const { state, status, said } = run;
  if (state === 'failed') {
    const fails = modules.some(
      ({ when, windows }) => when === 'start' && ['missing', 'refused'].includes(windows.state),
    );
    const where = fails ? 'On Windows and under Wine alike' : 'Under Wine';
    found.push({ ...base, text: `${where} the program does not start: ${status ?? ''}.`, advice: wineSays(said) });
  }
  if (state === 'timed-out') {
    const text = 'Under Wine the start took too long, and was ended.';
    found.push({ ...base, text, advice: 'A DllMain may wait for something.' });
  }
  if (startProblem !== undefined) found.push(onWindowsProblem(startProblem));
  return found;
}

function onWindowsProblem({ kind, text }: NonNullable<Graph['problem']>): WhichProblem {
  const base = { modules: [0], override: null } as const;
  if (kind === 'unknown') {
    const unknown = `Whether the program starts on Windows is not known: ${text}.`;
    return { ...base, kind: 'unknown', severity: 'warning', text: unknown, advice: null };
  }
  const error = kind === 'manifest' ? ' (error 14001, ERROR_SXS_CANT_GEN_ACTCTX)' : '';
  return {
    ...base,
    kind: 'does-not-start',
    severity: 'error',
    text: `On Windows the program does not start: ${text}${error}.`,
    advice: kind === 'manifest' ? 'Correct the manifest, or bring the assembly; Wine starts such programs.' : null,
  };
}

/** The lines that name the DLL are the first; the last only says that it has failed. */
function wineSays(said: readonly string[]): string | null {
  const line = said.find((each) => each.startsWith('import_dll ')) ?? said.at(-1);
  return line === undefined ? null : `Wine says: ${line.replace('import_dll ', '')}`;
}

function ofModule(module: WhichModule, examined: Examined): WhichProblem[] {
  const { modules, runtime } = examined;
  const { name, windows, id } = module;
  const neededBy = namesOf(id, modules);
  const base = { modules: [id], override: null } as const;
  // The current folder may be that of the program, and is then looked at twice.
  const isOtherArchitecture = ({ rule }: WhichStep): boolean => rule === RULES['other-architecture'].title;
  const passedOver = new Set(
    windows.steps.filter(isOtherArchitecture).flatMap(({ skipped, path }) => (skipped === null ? [] : (path ?? []))),
  );
  const wrong = [...passedOver].map((path): WhichProblem => ({
    ...base,
    kind: 'wrong-architecture',
    severity: windows.state === 'refused' || windows.state === 'missing' ? 'error' : 'warning',
    text: `${path} is for another architecture than the program (${runtime.architecture}): ${windows.state === 'refused' ? 'there is no other file of this name' : 'the loader goes on searching'}. ${neededBy}${inWine(module)}`,
    advice: `Put the ${runtime.architecture} build of ${name} there.`,
  }));
  switch (windows.state) {
    case 'missing':
      return [
        ...wrong,
        {
          ...base,
          kind: 'missing',
          severity: 'error',
          text: `${name} is missing: no folder that Windows searches has it. ${neededBy}${inWine(module)}`,
          advice: adviceForMissing(name, examined),
        },
      ];
    case 'refused':
      if (wrong.length > 0) return wrong;
      return [
        {
          ...base,
          kind: windows.because.startsWith('it is for ') ? 'wrong-architecture' : 'bad-file',
          severity: 'error',
          text: `${windows.path ?? name} cannot be loaded: ${windows.because}. ${neededBy}${inWine(module)}`,
          advice: `Replace it by the ${runtime.architecture} build of ${name}.`,
        },
      ];
    case 'unknown':
      return [
        ...wrong,
        {
          ...base,
          kind: 'unknown',
          severity: 'warning',
          text: `${name}: ${windows.because}. ${neededBy}`,
          advice: null,
        },
      ];
    default:
      return [...wrong, ...differences(module, neededBy)];
  }
}

function adviceForMissing(name: string, { modules }: Examined): string {
  // A program that a DLL was linked to answers by its name alone.
  if (/\.exe$/i.test(name)) {
    return `The DLL was built for a program named ${name}, and this one is named ${modules[0]?.name ?? ''}: start it under that name.`;
  }
  return 'Put it beside the program, or add its folder with --path if the program is started with that PATH.';
}

function differences(module: WhichModule, neededBy: string): WhichProblem[] {
  const { name, windows, wine, id, verdict } = module;
  if (verdict !== 'differs') return [];
  if (windows.state === 'file' && wine.code === 'builtin') {
    const override = `${overrideName(name)}=n,b`;
    return [
      {
        kind: 'builtin-overrides',
        severity: 'warning',
        text: `${name}: Wine takes its own builtin in place of ${windows.path ?? 'the file'}. ${neededBy}`,
        advice: `WINEDLLOVERRIDES=${override} changes that.`,
        modules: [id],
        override,
      },
    ];
  }
  const there = wine.path ?? `nothing (${wine.error ?? wine.state})`;
  const text = `${name}: Windows takes ${windows.path ?? "Windows's own"}, Wine takes ${there}. ${neededBy}`;
  const severity = wine.path === null ? 'error' : 'warning';
  const advice =
    windows.state === 'windows' && wine.state === 'missing'
      ? 'Wine has no DLL of this name. The one of a licensed Windows can be put beside the program.'
      : null;
  return [{ kind: 'differs', severity, text, advice, modules: [id], override: null }];
}

/** As WINEDLLOVERRIDES has it: without .dll, with any other extension. */
export function overrideName(name: string): string {
  return name.toLowerCase().replace(/\.dll$/, '');
}

function missingSymbols(module: WhichModule, { modules }: Examined): WhichProblem[] {
  return module.needs
    .filter(({ missingSymbols: missing }) => missing.length > 0)
    .map(({ module: id, missingSymbols: missing, how }) => {
      const [first = '', ...more] = missing;
      const others = more.length === 0 ? '' : ` and ${String(more.length)} more`;
      return {
        kind: 'missing-symbol',
        severity: how === 'import' ? 'error' : 'warning',
        text: `${module.name} needs ${first}${others} from ${modules[id]?.name ?? ''}, and ${modules[id]?.windows.path ?? 'that file'} does not export ${more.length === 0 ? 'it' : 'them'}.`,
        advice:
          'It is another version of the DLL than the one that was built against. Wine starts the program all the same, and ends it when the function is called.',
        modules: [module.id, id],
        override: null,
      } satisfies WhichProblem;
    });
}

/** What Wine makes of a DLL that Windows does not load. */
function inWine({ wine }: WhichModule): string {
  switch (wine.state) {
    case 'loaded':
      return ` Wine has one of its own: ${wine.path ?? ''}.`;
    case 'missing':
      return ' It is missing under Wine too.';
    case 'failed':
      return ` Wine does not load it either (${wine.error ?? ''}).`;
    default:
      return '';
  }
}

function namesOf(id: number, modules: readonly WhichModule[]): string {
  const names = modules.filter(({ needs }) => needs.some((need) => need.module === id)).map(({ name }) => name);
  return `Needed by ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${String(names.length - 3)} more` : ''}.`;
}
