// Hints in the log: a call went wrong for what the agent has not been given, and an option gives it. Once for each option.
import { FRAME } from '../../../protocol/wire/layout.ts';
import type { ResolvedConfig } from '../../config/config.ts';
import type { DeclaredFunction, LibraryDeclaration } from '../../types/declare/library.ts';
import { ImageFile } from '../../windows/pe/image-file.ts';
import { readDelayImports, readImports } from '../../windows/pe/imports.ts';
import type { ThreadReport } from '../session/inspect.ts';
import { kernelCall, writeText } from '../session/kernel-call.ts';
import type { Session } from '../session/session.ts';
import { type HintedFunction, type HintedOption, hintedFunction } from './hinted-functions.ts';

/** Looks at the frame of a call that has returned. */
export type FrameWatch = (frame: number) => void;

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
  /** What DLLs under test import of the functions that tell. */
  private readonly imported = new Map<LibraryDeclaration, ReadonlyMap<number, HintedFunction>>();

  constructor(options: EnvironmentHintsOptions) {
    this.options = options;
  }

  /** Looks at what a DLL imports, so that calls it makes are noticed by the error that they leave. */
  learn(declared: LibraryDeclaration, file: string): void {
    const errors = new Map<number, HintedFunction>();
    for (const { name, symbols } of importsOf(file)) {
      for (const symbol of symbols) {
        const hinted = hintedFunction(name, symbol);
        if (!hinted?.isTelling || hinted.errors === 'any' || !this.explains(hinted.option)) continue;
        for (const error of hinted.errors) errors.set(error, hinted);
      }
    }
    if (errors.size > 0) this.imported.set(declared, errors);
  }

  /** What is to be done after each call of a function; undefined for nearly all. */
  watch({ dll, name, exportedAs, library }: DeclaredFunction): FrameWatch | undefined {
    const hinted = hintedFunction(dll, exportedAs ?? name);
    const { session } = this.options;
    if (hinted) {
      return (frame) => {
        if (this.isOpen(hinted.option) && hasFailed(session, frame, hinted))
          this.say(hinted.option, `${dll}!${name} failed`, frame);
      };
    }
    const errors = this.imported.get(library);
    if (!errors) return undefined;
    return (frame) => {
      const error = session.view.getUint32(frame + FRAME.LAST_ERROR, true);
      const option = errors.get(error)?.option;
      if (option && this.isOpen(option)) this.say(option, `${dll}!${name} left error ${error.toString()}`, frame);
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

  private say(option: HintedOption, what: string, frame?: number): void {
    const { config, warn } = this.options;
    if (frame !== undefined && option === 'graphics' && this.hasDriver(frame)) return;
    this.said.add(option);
    warn(`${what}: ${CAUSES[option](config.graphics)}`);
  }

  /** Whether the process has a driver for windows. What GetLastError says stays what it was. */
  private hasDriver(frame: number): boolean {
    const { session, config } = this.options;
    if (config.graphics === 'null') return true;
    const mark = session.top;
    const module = writeText(session, `wine${config.graphics}.drv`, 'utf16le');
    const { integer } = kernelCall(session, 'GetModuleHandleW', module);
    kernelCall(session, 'SetLastError', BigInt(session.view.getUint32(frame + FRAME.LAST_ERROR, true)));
    session.top = mark;
    return integer !== 0n;
  }
}

function hasFailed({ view }: Session, frame: number, { failed, errors }: HintedFunction): boolean {
  // An int has no upper half, and of handles the lower one tells.
  const result = view.getInt32(frame + FRAME.INTEGER, true);
  if (failed !== 'error-code' && result !== (failed === 'zero' ? 0 : -1)) return false;
  if (errors === 'any') return true;
  return errors.includes(failed === 'error-code' ? result : view.getUint32(frame + FRAME.LAST_ERROR, true));
}

/** Nothing of a file that cannot be read: the loader has its own opinion of it. */
function importsOf(file: string): ReturnType<typeof readImports> {
  try {
    using image = new ImageFile(file);
    return [...readImports(image), ...readDelayImports(image)];
  } catch {
    return [];
  }
}
