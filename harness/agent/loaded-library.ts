import { HEADER } from '../../protocol/layout.ts';
import { type CallPlan, writePlan } from '../call/plan.ts';
import type { DeclaredFunction, LibraryDeclaration } from '../declare/library.ts';
import { DllparityError } from '../errors.ts';
import { rawCall } from '../session/raw-call.ts';
import type { Session } from '../session/session.ts';

/** What the harness reads to know that it calls what it means to call. */
export interface LoadedFile {
  /** Windows path from which the loader took the DLL. */
  readonly path: string;
  /** Where it lies in the agent. */
  readonly base: bigint;
}

const LOAD_WITH_ALTERED_SEARCH_PATH = 0x8n;

/** What a loader error of Windows means for somebody whose DLL does not load (Microsoft, "System Error Codes"). */
const LOAD_ERRORS: Readonly<Record<number, string>> = {
  2: 'the file was not found',
  3: 'the folder was not found',
  5: 'access was denied',
  126: 'the DLL, or one it depends on, was not found',
  127: 'a function that the DLL imports is missing from the DLL it should come from',
  193: 'it is not a valid DLL for this architecture',
  998: 'it accessed invalid memory while it was loading',
  1114: 'its DllMain reported failure',
};

function writeText(session: Session, text: string, encoding: 'utf16le' | 'latin1'): bigint {
  const bytes = Buffer.from(`${text}\0`, encoding);
  const at = session.reserve(bytes.length);
  session.bytes.set(bytes, at);
  return BigInt(session.base + at);
}

/** A DLL in the agent, with the plans of its declared functions. Bound again to each new agent process. */
export class LoadedLibrary {
  readonly declared: LibraryDeclaration;
  readonly plans: ReadonlyMap<DeclaredFunction, CallPlan>;
  file: LoadedFile = { path: '', base: 0n };
  private readonly session: Session;
  /** What is handed to LoadLibraryExW: a Windows path, or a name for the loader to find. */
  private readonly target: string;
  private readonly missing: Map<CallPlan, string>;

  constructor(
    session: Session,
    declared: LibraryDeclaration,
    target: string,
    plans: ReadonlyMap<DeclaredFunction, CallPlan>,
    missing: Map<CallPlan, string>,
  ) {
    this.session = session;
    this.declared = declared;
    this.target = target;
    this.plans = plans;
    this.missing = missing;
  }

  /** Loads the DLL and finds its functions in the agent that runs now. */
  bind(): void {
    const { session } = this;
    const mark = session.top;
    try {
      const handle = this.loadLibrary();
      this.file = { path: this.pathOf(handle), base: handle };
      const errnoFunction = this.declared.errno === undefined ? 0n : this.exportOf(handle, this.declared.errno);
      if (this.declared.errno !== undefined && errnoFunction === 0n) throw this.exportMissing(this.declared.errno);
      const errnoAddress = errnoFunction === 0n ? 0n : rawCall(session, errnoFunction).integer;
      for (const [declared, plan] of this.plans) {
        const address = this.exportOf(handle, declared.name);
        if (address === 0n)
          this.missing.set(
            plan,
            `${this.declared.dll} does not export ${declared.name} (loaded from ${this.file.path})`,
          );
        else writePlan(session, plan, address, errnoAddress);
      }
    } finally {
      session.top = mark;
    }
  }

  exportMissing(name: string): DllparityError {
    return new DllparityError('EXPORT_NOT_FOUND', {
      what: `${this.declared.dll} does not export ${name}`,
      details: [`loaded from ${this.file.path}`],
      hint: 'Check the spelling; C++ and stdcall names may be decorated.',
    });
  }

  private call(address: number, ...slots: bigint[]): { integer: bigint; lastError: number } {
    return rawCall(this.session, this.session.view.getBigUint64(address, true), ...slots);
  }

  private loadLibrary(): bigint {
    // With a path, a DLL beside the one that is loaded is found too; with a bare name the flag would change nothing.
    const flags = /[\\/]/.test(this.target) ? LOAD_WITH_ALTERED_SEARCH_PATH : 0n;
    const { integer, lastError } = this.call(
      HEADER.LOAD_LIBRARY,
      writeText(this.session, this.target, 'utf16le'),
      0n,
      flags,
    );
    if (integer !== 0n) return integer;
    throw new DllparityError('DLL_LOAD_FAILED', {
      what: `${this.target} could not be loaded: ${LOAD_ERRORS[lastError] ?? `Windows error ${lastError.toString()}`}`,
      figures: [{ name: 'error', value: lastError, unit: '(GetLastError)' }],
      hint: "Check the path and the DLLs it depends on; `wineDebug: '+module,+loaddll'` in the log options shows where Wine looks.",
    });
  }

  private pathOf(handle: bigint): string {
    const { session } = this;
    const characters = 32768;
    const mark = session.top;
    const at = session.reserve(characters * 2);
    const { integer } = this.call(HEADER.GET_MODULE_FILE_NAME, handle, BigInt(session.base + at), BigInt(characters));
    session.top = mark;
    return Buffer.from(session.bytes.slice(at, at + Number(integer) * 2)).toString('utf16le');
  }

  private exportOf(handle: bigint, name: string): bigint {
    const mark = this.session.top;
    const { integer } = this.call(HEADER.GET_PROC_ADDRESS, handle, writeText(this.session, name, 'latin1'));
    this.session.top = mark;
    return integer;
  }
}
