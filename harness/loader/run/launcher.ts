import type { Agent } from '../../calls/agent/agent.ts';
import type { Loaded } from '../../calls/agent/loaded.ts';
import { library } from '../../types/declare/library.ts';
import { wide } from './environment.ts';

// agent/launcher as a library. The text that CreateProcessW may write to, and the environment with its nulls, go as arrays.
const declared = (file: string) =>
  library(file, {
    startProgram: `void start_program(const wchar_t *application, uint16_t *command_line, const wchar_t *directory,
      const uint16_t *environment, const wchar_t *output_file, uint32_t timeout, const wchar_t *dll_directory, uint32_t *end)`,
    ownEnvironment: 'uint32_t own_environment(uint16_t *copy, uint32_t room)',
  });

/** What a process is started with. */
export interface ProgramStart {
  readonly application: string;
  readonly commandLine: string;
  readonly directory: string;
  readonly environment: Uint16Array;
  readonly outputFile: string;
  readonly timeoutMs: number;
  readonly dllDirectory: string | undefined;
}

/** What came of it. */
export interface ProgramEnd {
  /** Of CreateProcessW; 0 when it started. */
  readonly startError: number;
  /** All 32 bits. */
  readonly exitCode: number;
  readonly timedOut: boolean;
  readonly ms: number;
}

/** Starts Windows programs from within an agent. */
export class Launcher {
  readonly #library: Loaded<ReturnType<typeof declared>>;

  constructor(agent: Agent) {
    this.#library = agent.load(declared(agent.installation.programLauncher));
  }

  /** @throws Error when the agent has ended, or the output cannot be written */
  async start(program: ProgramStart): Promise<ProgramEnd> {
    const { application, commandLine, directory, environment, outputFile, timeoutMs, dllDirectory } = program;
    const end = new Uint32Array(5);
    await this.#library.startProgram.async(application, wide(commandLine), directory, environment, outputFile, timeoutMs, dllDirectory ?? null, end); // prettier-ignore
    const [startError = 0, outputError = 0, exitCode = 0, timedOut = 0, ms = 0] = end;
    if (outputError !== 0)
      throw new Error(`the file ${outputFile} could not be made (Windows error ${String(outputError)})`);
    return { startError, exitCode, timedOut: timedOut !== 0, ms };
  }

  /** The variables of the agent, as `NAME=value`. */
  environment(): string[] {
    let block = new Uint16Array(1 << 14);
    const length = this.#library.ownEnvironment(block, block.length);
    if (length > block.length) {
      block = new Uint16Array(length);
      this.#library.ownEnvironment(block, length);
    }
    const text = Buffer.from(block.buffer, 0, length * 2).toString('utf16le');
    return text.split('\0').filter((variable) => variable !== '');
  }
}
