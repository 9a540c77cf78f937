// Hints in the log: a call went wrong for what the agent has not been given, and an option gives it. Once for each option.
import type { ResolvedConfig } from '../../config/config.ts';
import type { DeclaredFunction, LibraryDeclaration } from '../../types/declare/library.ts';
import { ImageFile } from '../../windows/pe/image-file.ts';
import { readDelayImports, readImports } from '../../windows/pe/imports.ts';
import { stringsIn } from '../../windows/pe/strings.ts';
import type { ThreadReport } from '../session/inspect.ts';
import { kernelCall } from '../session/kernel-call.ts';
import { writeText } from '../session/modules.ts';
import type { Session } from '../session/session.ts';
import {
  type HintedFunction,
  type HintedOption,
  hintedFunction,
  hintedFunctions,
  tellingFunctions,
} from './hinted-functions.ts';

/**
 * Looks at a call that has returned.
 * @param result the lower 32 bits of what it returned
 * @param lastError what GetLastError said after it
 */
export type ReturnWatch = (result: number, lastError: number) => void;

export interface EnvironmentHintsOptions {
  readonly session: Session;
  readonly config: Pick<ResolvedConfig, 'graphics' | 'services'>;
  readonly warn: (text: string) => void;
}

/** In them a thread waits for input to a window. */
const WINDOW_WAITS = new Set(['NtUserGetMessage', 'NtUserWaitMessage', 'NtUserMsgWaitForMultipleObjectsEx']);
const COM = /\\(?:combase|ole32|rpcrt4)\.dll$/i;

const CAUSES: Readonly<Record<HintedOption, (graphics: string) => string>> = {
  services: () =>
    "the agent runs without Wine's services, which know of volumes, services and servers of COM; set `services: true`",
  sandbox: () =>
    "the sandbox has no network, and a loopback of its own; set `sandbox: 'off'` if the DLL may be trusted with yours",
  graphics: (graphics) =>
    graphics === 'null'
      ? "with `graphics: 'null'` windows are shown nowhere, and nobody answers them; `graphics: 'none'` lets message boxes fail at once, and 'x11' shows them"
      : `with \`graphics: '${graphics}'\` this process has no driver for windows; \`graphics: 'null'\` needs no display`,
};

export class EnvironmentHints {
  private readonly options: EnvironmentHintsOptions;
  private readonly said = new Set<HintedOption>();
  /** What DLLs under test import of the functions that tell, or ask GetProcAddress for. */
  private readonly imported = new Map<LibraryDeclaration, ReadonlyMap<number, HintedFunction>>();

  constructor(options: EnvironmentHintsOptions) {
    this.options = options;
  }

  /** Looks at what a DLL imports or may ask for by name, so that calls it makes are noticed by the error that they leave. */
  learn(declared: LibraryDeclaration, file: string): void {
    const errors = new Map<number, HintedFunction>();
    for (const hinted of tellingFunctionsOf(file)) {
      if (hinted.errors === 'any' || !this.explains(hinted.option)) continue;
      for (const error of hinted.errors) errors.set(error, hinted);
    }
    if (errors.size > 0) this.imported.set(declared, errors);
  }

  /** What is to be done after each call of a function; undefined for nearly all. */
  watch({ dll, name, exportedAs, library, address }: DeclaredFunction): ReturnWatch | undefined {
    if (address !== undefined) return this.watchPointer(address);
    const hinted = hintedFunction(dll, exportedAs ?? name);
    if (hinted) return (result, lastError) => { this.check(hinted, `${dll}!${name}`, result, lastError); }; // prettier-ignore
    const errors = this.imported.get(library);
    if (!errors) return undefined;
    return (_result, lastError) => {
      const option = errors.get(lastError)?.option;
      if (option && this.isOpen(option))
        this.say(option, `${dll}!${name} left error ${lastError.toString()}`, lastError);
    };
  }

  /** Which function lies at the address is asked when the first call has returned what one of these functions returns when it fails. */
  private watchPointer(address: bigint): ReturnWatch {
    let found: { name: string; hinted: HintedFunction } | undefined;
    let isKnown = false;
    return (result, lastError) => {
      if (!isKnown && (result === 0 || result === -1 || result === lastError)) {
        found = this.functionAt(address, lastError);
        isKnown = true;
      }
      if (found) this.check(found.hinted, found.name, result, lastError);
    };
  }

  /** A call has not returned in time. */
  timedOut(called: string, { systemCall, place }: ThreadReport): void {
    const waits = systemCall !== null && WINDOW_WAITS.has(systemCall);
    if (waits && this.options.config.graphics === 'null' && this.isOpen('graphics')) {
      this.say('graphics', `${called} waits for input to a window`);
    } else if (!waits && COM.test(place?.path ?? '') && this.isOpen('services')) {
      this.say('services', `${called} waits for a server of COM`);
    }
  }

  private isOpen(option: HintedOption): boolean {
    return !this.said.has(option) && this.explains(option);
  }

  private explains(option: HintedOption): boolean {
    const { config, session } = this.options;
    if (option === 'services') return !config.services;
    return option === 'graphics' || session.machine.sandboxState.sandbox;
  }

  private check(hinted: HintedFunction, name: string, result: number, lastError: number): void {
    if (this.isOpen(hinted.option) && hasFailed(hinted, result, lastError))
      this.say(hinted.option, `${name} failed`, lastError);
  }

  private say(option: HintedOption, what: string, lastError?: number): void {
    const { config, warn } = this.options;
    if (lastError !== undefined && option === 'graphics' && this.hasDriver(lastError)) return;
    this.said.add(option);
    warn(`${what}: ${CAUSES[option](config.graphics)}`);
  }

  /** Whether the process has a driver for windows. */
  private hasDriver(lastError: number): boolean {
    const { config } = this.options;
    if (config.graphics === 'null') return true;
    return this.ask(lastError, (session) => {
      const module = writeText(session, `wine${config.graphics}.drv`, 'utf16le');
      return kernelCall(session, 'GetModuleHandleW', module).integer !== 0n;
    });
  }

  private functionAt(address: bigint, lastError: number): { name: string; hinted: HintedFunction } | undefined {
    return this.ask(lastError, (session) => {
      for (const { dll, name, hinted } of hintedFunctions()) {
        const module = kernelCall(session, 'GetModuleHandleW', writeText(session, `${dll}.dll`, 'utf16le')).integer;
        if (module === 0n) continue;
        const found = kernelCall(session, 'GetProcAddress', module, writeText(session, name, 'latin1')).integer;
        if (found === address) return { name: `${dll}.dll!${name}`, hinted };
      }
      return undefined;
    });
  }

  /** Asks something of the process. What GetLastError says there stays what it was. */
  private ask<T>(lastError: number, question: (session: Session) => T): T {
    const { session } = this.options;
    const mark = session.top;
    const answer = question(session);
    kernelCall(session, 'SetLastError', BigInt(lastError));
    session.top = mark;
    return answer;
  }
}

function hasFailed({ failed, errors }: HintedFunction, result: number, lastError: number): boolean {
  // An int has no upper half, and of handles the lower one tells.
  if (failed !== 'error-code' && result !== (failed === 'zero' ? 0 : -1)) return false;
  if (errors === 'any') return true;
  return errors.includes(failed === 'error-code' ? result : lastError);
}

/** Nothing of a file that cannot be read: the loader has its own opinion of it. */
function tellingFunctionsOf(file: string): HintedFunction[] {
  try {
    using image = new ImageFile(file);
    const imports = [...readImports(image), ...readDelayImports(image)];
    const imported = imports.flatMap(({ name, symbols }) =>
      symbols.flatMap((symbol) => hintedFunction(name, symbol) ?? []),
    );
    const asks = imports.some(({ symbols }) => symbols.includes('GetProcAddress'));
    return [...imported.filter(({ isTelling }) => isTelling), ...(asks ? namedIn(image) : [])];
  } catch {
    return [];
  }
}

/** What a DLL asks GetProcAddress for it names in its data. */
function namedIn(image: ImageFile): HintedFunction[] {
  const telling = tellingFunctions();
  return [...stringsIn(image, [...telling.keys()])].flatMap((name) => telling.get(name) ?? []);
}
