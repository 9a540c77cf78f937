import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import {
  WHICH_SCHEMA,
  type WhichModule,
  type WhichProgram,
  type WhichRecord,
  type WhichRetry,
  type WhichRun,
} from '../../../protocol/records/which-record.ts';
import type { DllOverride } from '../../config/config.ts';
import { DllparityError } from '../../base/errors.ts';
import { version } from '../../base/package-root.ts';
import { type Installation, readInstallation } from '../../machines/installation.ts';
import { nameOnDisk } from '../../windows/paths/resolve-parts.ts';
import { baseName, pathKey } from '../model/windows-path.ts';
import { buildGraph } from './graph.ts';
import { importedFunctions } from './imported-functions.ts';
import { type ListedModules, listModules } from './list-modules.ts';
import { askedDll, type RunTimeLoad } from './load-mode.ts';
import { managedCode } from './managed-code.ts';
import { openProgram, type OpenedProgram, runtimeFor } from './open-program.ts';
import { onWindows } from './predict.ts';
import { findProblems, overrideName } from './problems.ts';
import { freshProcess, foldersOf, hasFile, type Start, systemFolderOf } from './process-start.ts';
import { throughZ } from './real-folders.ts';
import { RealWorld } from './real-world.ts';
import { startOf, underWine, verdictOf } from './under-wine.ts';

/** What is asked: `dllparity which`. Paths are relative to the current folder. */
export interface Question {
  readonly program: string;
  /** A DLL that the program would load at run time: a name, or a path. */
  readonly asked?: string | undefined;
  /** How it is loaded, as `askedDll` takes it. @default by its extension: .node, .pyd, others */
  readonly as?: string | undefined;
  /** @default the folder of the program */
  readonly cwd?: string | undefined;
  /** Folders of PATH, before those of Windows. @default none */
  readonly path?: readonly string[] | undefined;
  /** @default the first that is installed for the program's architecture */
  readonly runtime?: string | undefined;
}

/** Predicts where Windows would take each DLL of a program from, and sees where Wine takes it from. */
export async function examine(question: Question): Promise<WhichRecord> {
  const path = resolve(question.program);
  const opened = openProgram(path);
  const installation = readInstallation(runtimeFor(path, opened.architecture, question.runtime));
  const start: Start = {
    program: path,
    architecture: opened.architecture,
    cwd: folderAt(resolve(question.cwd ?? dirname(path))),
    path: (question.path ?? []).map((folder) => resolve(folder)),
  };
  const asked = question.asked === undefined ? undefined : askedDll(question.asked, question.as);
  const world = new RealWorld(opened.architecture);
  const state = freshProcess(start);
  const folders = foldersOf(state);
  const graph = buildGraph(world, state, asked);
  const loads = [...(asked === undefined ? [] : [asked]), ...graph.delayed.map((name) => ({ name, flags: 0 }))];
  const run = (dllOverrides: Readonly<Record<string, DllOverride>>): Promise<ListedModules> =>
    listModules(installation.id, {
      ...start,
      loads,
      dllOverrides,
      folders: [
        dirname(path),
        start.cwd,
        ...start.path,
        ...(asked?.path === undefined ? [] : [dirname(asked.path)]),
      ].filter(existsSync),
    });
  const listed = await run({});
  const hints = {
    world,
    isElsewhere: (name: string) => hasFile(folders, name),
    wineHas: (name: string) =>
      nameOnDisk(systemFolderOf(installation.template, opened.architecture), name) !== undefined,
  };
  const predicted = graph.modules.map((module) => onWindows(module, hints));
  const seen = (from: ListedModules): WhichModule[] =>
    graph.modules.map((module, id) => {
      const windows = predicted[id] ?? { state: 'unknown', path: null, because: '', steps: [] };
      const wine = underWine(module.name, windows, from, stepOf(module.name, loads));
      const { name, when, needs } = module;
      return { id, name, when, needs, windows, wine, verdict: verdictOf(windows, wine) };
    });
  const modules = seen(listed);
  const program: WhichProgram = {
    path,
    windowsPath: throughZ(path),
    architecture: opened.architecture,
    manifest: manifestOf(opened),
  };
  const functions = importedFunctions(opened.architecture, modules, graph.uses);
  const examined = {
    program,
    folders,
    modules,
    functions,
    run: runOf(listed, modules),
    runtime: runtimeOf(installation),
  };
  const problems = findProblems(examined, graph.problem, managedCode(graph, path));
  const overrides = [...new Set(problems.flatMap(({ override }) => override ?? []))];
  const retry = overrides.length === 0 ? null : await tryAgain(overrides, modules, run, seen);
  return {
    record: 'which',
    schema: WHICH_SCHEMA,
    dllparity: version,
    writtenAt: new Date().toISOString(),
    ...examined,
    asked: question.asked ?? null,
    loadedAs: asked?.because ?? null,
    problems,
    retry,
  };
}

async function tryAgain(
  overrides: readonly string[],
  before: readonly WhichModule[],
  run: (overrides: Readonly<Record<string, DllOverride>>) => Promise<ListedModules>,
  seen: (from: ListedModules) => WhichModule[],
): Promise<WhichRetry> {
  const names = overrides.map((override) => override.slice(0, override.indexOf('=')));
  const listed = await run(Object.fromEntries(names.map((name) => [name, 'native,builtin'])));
  const changes = seen(listed)
    .filter(({ id, wine }) => JSON.stringify(wine) !== JSON.stringify(before[id]?.wine))
    .map(({ id, wine }) => ({ module: id, wine }));
  return { overrides: `${names.join(',')}=n,b`, ...startOf(listed), changes };
}

function folderAt(path: string): string {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return path;
  throw new DllparityError('PATH_NOT_VISIBLE', {
    what: `There is no folder ${path} to start the program in`,
    hint: 'Correct --cwd; it is relative to the current folder.',
  });
}

/** Which of the loads at run time asks for the module: the first is number 1. */
function stepOf(name: string, loads: readonly RunTimeLoad[]): number | undefined {
  const index = loads.findIndex((load) => pathKey(load.name) === pathKey(name));
  return index < 0 ? undefined : index + 1;
}

function runOf(listed: ListedModules, modules: readonly WhichModule[]): WhichRun {
  const known = new Set(modules.map(({ name }) => overrideName(baseName(name))));
  const others = listed.modules
    .filter(({ path }) => !known.has(overrideName(baseName(path))))
    .map(({ path, mark }) => ({ path, code: mark === 'native' ? ('native' as const) : ('builtin' as const) }));
  const said = listed.said.map(withoutPrefix).filter((line) => line !== '');
  return { ...startOf(listed), said, others };
}

/** `0024:err:module:import_dll Library ...` without the number of the thread, and with paths as they are. */
function withoutPrefix(line: string): string {
  return (/err:module:(.*)$/.exec(line)?.[1]?.trim() ?? '').replaceAll('\\\\', '\\');
}

function runtimeOf({ id, wineBuild, architecture }: Installation): WhichRecord['runtime'] {
  return { id, build: wineBuild, architecture };
}

/** The one inside of the program wins over the file beside it (Microsoft, "Manifest file requirements", from Windows Vista on). */
function manifestOf({ file }: OpenedProgram): WhichProgram['manifest'] {
  const embedded = file.manifests.find(({ resource }) => resource === 1);
  if (embedded !== undefined) return { source: `${basename(file.path)}, resource 1`, text: embedded.text };
  const name = nameOnDisk(dirname(file.path), `${basename(file.path)}.manifest`);
  if (name === undefined) return null;
  return { source: name, text: readFileSync(join(dirname(file.path), name), 'utf8') };
}
