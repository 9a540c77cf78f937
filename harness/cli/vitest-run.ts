import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { DllparityError } from '../base/errors.ts';
import { RUN_VARIABLE, type RunRequest } from '../vitest/fixtures/run-request.ts';

/**
 * Runs the project's vitest with a request for the suites. Resolves with its exit code.
 * @param variables over those of the environment, for options that the command line sets
 */
export async function vitestRun(
  request: RunRequest,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<number> {
  const { exitCode, signal } = await execa(process.execPath, [vitestProgram(), 'run', ...args], {
    stdio: 'inherit',
    env: environmentOf(request, variables),
    reject: false,
  });
  return exitCode ?? (signal === undefined ? 1 : 130);
}

/** vitest at work: what it prints is known when it has ended. */
type RunningVitest = Promise<{ readonly exitCode?: number | undefined; readonly all: string }> & {
  kill(signal: 'SIGINT'): boolean;
};

/** The same for a command that says by itself what comes of it: nothing of vitest's is shown, and all of it is in `all`. */
export function quietVitest(command: 'run' | 'list', request: RunRequest, args: readonly string[]): RunningVitest {
  return execa(process.execPath, [vitestProgram(), command, ...args], {
    stdin: 'ignore',
    all: true,
    env: environmentOf(request, {}),
    reject: false,
  });
}

function environmentOf(
  request: RunRequest,
  variables: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return { [RUN_VARIABLE]: JSON.stringify(request), ...variables };
}

/** vitest as the project has it, not as dllparity does. */
function vitestProgram(): string {
  try {
    return join(
      dirname(createRequire(join(process.cwd(), 'package.json')).resolve('vitest/package.json')),
      'vitest.mjs',
    );
  } catch (cause) {
    throw new DllparityError('SETUP_MISSING', {
      what: 'vitest is not installed in this project',
      where: { file: process.cwd() },
      hint: 'Run `npm install --save-dev vitest`, in the folder of package.json.',
      cause,
    });
  }
}
