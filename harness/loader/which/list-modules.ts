import { dirname } from 'node:path';
import { Agent } from '../../calls/agent/agent.ts';
import type { DllOverride } from '../../config/config.ts';
import { loadConfig } from '../../config/load-config.ts';
import { library } from '../../types/declare/library.ts';
import { readInstallation } from '../../machines/installation.ts';
import type { RunTimeLoad } from './load-mode.ts';
import { throughZ } from './real-folders.ts';
import { type ModuleReport, readModuleReport } from './read-report.ts';

/** A program to be started, with the paths of this machine. */
export interface StartedProgram {
  readonly program: string;
  readonly cwd: string;
  /** Folders of PATH before those of Windows itself. */
  readonly path: readonly string[];
  /** What it loads at run time, in this order. */
  readonly loads: readonly RunTimeLoad[];
  /** Load order, as the option dllOverrides has it. */
  readonly dllOverrides: Readonly<Record<string, DllOverride>>;
  /** Folders that the program sees, to read. */
  readonly folders: readonly string[];
}

export interface ListedModules extends ModuleReport {
  /** What Wine's loader has said of imports, in its own words. */
  readonly said: readonly string[];
}

const REPORT_CHARACTERS = 1 << 20;
const TIMEOUT_MS = 20_000;
/** What Windows has in PATH itself. */
const SYSTEM_PATH = String.raw`C:\windows\system32;C:\windows`;

const kernel32 = library('kernel32.dll', {
  setVariable: 'int __stdcall SetEnvironmentVariableW(const wchar_t *name, const wchar_t *value)',
});

/**
 * Starts a program in a runtime, in a prefix of its own, and lists what the loader gives to it. None of the program's own code runs.
 *
 * @throws what booting an agent throws
 */
export async function listModules(runtime: string | undefined, started: StartedProgram): Promise<ListedModules> {
  const installation = readInstallation(runtime);
  const { config } = await loadConfig({
    fixture: {
      folders: [...started.folders, dirname(installation.programLauncher)],
      dllOverrides: started.dllOverrides,
      callTimeoutMs: TIMEOUT_MS + 10_000,
      // The loader names the DLL that it has not found in the log alone.
      log: { wineDebug: '-all,err+module' },
    },
  });
  // Without a log: what Wine says is part of the answer.
  await using agent = new Agent({ config, installation });
  const launcher = agent.load(
    library(installation.programLauncher, {
      listModules:
        'int list_modules(const wchar_t *application, const wchar_t *directory, void *environment, const uint16_t *loads, unsigned timeout, _Out_writes_(room) uint16_t *report, int room)',
    }),
  );
  agent.load(kernel32).setVariable('PATH', [...started.path.map(throughZ), SYSTEM_PATH].join(';'));
  const report = new Uint16Array(REPORT_CHARACTERS);
  const characters = launcher.listModules(
    agent.windowsPath(started.program),
    agent.windowsPath(started.cwd),
    null,
    Uint16Array.from(`${started.loads.map(({ name, flags }) => `${flags.toString(16)}\t${name}\0`).join('')}\0`, (c) =>
      c.charCodeAt(0),
    ),
    TIMEOUT_MS,
    report,
    REPORT_CHARACTERS,
  );
  const text = Buffer.from(report.buffer, 0, characters * 2).toString('utf16le');
  return { ...readModuleReport(text), said: agent.logTail(200) };
}
