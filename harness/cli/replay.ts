import { OPTIONS } from '../config/options.ts';
import { DllparityError } from '../base/errors.ts';
import { readInstallation } from '../machines/installation.ts';
import { vitestRun } from './vitest-run.ts';

export interface ReplayOptions {
  /** @default the one of the configuration */
  readonly runtime?: string;
}

/** Runs one case alone; the suite prints inputs and both outcomes, also when they match. */
export function replay(target: string, { runtime }: ReplayOptions = {}): Promise<number> {
  if (!/^.+#[0-9a-f]{8}$/.test(target)) {
    throw new DllparityError('ARGUMENT_TYPE', {
      what: `"${target}" does not name a case`,
      hint: 'Write <suite>#<id> as the report does, for example msvcr120.dll/sin#8c7c311e.',
    });
  }
  if (runtime !== undefined) readInstallation(runtime); // Says what is installed, and how to add what is not.
  return vitestRun(
    { mode: 'compare', only: target },
    ['--reporter=default', '--hideSkippedTests'],
    runtime === undefined ? {} : { [OPTIONS.runtime.variable]: runtime },
  );
}
