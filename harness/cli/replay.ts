import { DllparityError } from '../errors.ts';
import { vitestRun } from './vitest-run.ts';

/** Runs one case alone; the suite prints inputs and both outcomes, also when they match. */
export function replay(target: string): Promise<number> {
  if (!/^.+#[0-9a-f]{8}$/.test(target)) {
    throw new DllparityError('ARGUMENT_TYPE', {
      what: `"${target}" does not name a case`,
      hint: 'Write <suite>#<id> as the report does, for example msvcr120.dll/sin#8c7c311e.',
    });
  }
  return vitestRun({ mode: 'compare', only: target }, ['--reporter=default', '--hideSkippedTests']);
}
