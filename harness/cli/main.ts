#!/usr/bin/env node
// The command line.
import { isDllparityError } from '../base/errors.ts';
import { version } from '../base/package-root.ts';
import { commands } from './commands.ts';
import { usageProblem } from './usage.ts';

const cli = commands();
cli.help();
cli.version(version);

try {
  cli.parse(process.argv, { run: false });
  if (!cli.matchedCommand && !cli.options['help'] && !cli.options['version']) {
    const [word] = cli.args;
    if (word !== undefined) process.stderr.write(`dllparity: there is no command "${word}"\n`);
    cli.outputHelp();
    process.exitCode = word === undefined ? 0 : 64;
  } else {
    const problem = usageProblem(cli);
    if (problem !== undefined) process.stderr.write(`${problem}\n`);
    process.exitCode = problem === undefined ? (((await cli.runMatchedCommand()) as number | undefined) ?? 0) : 70;
  }
} catch (error) {
  // An error of ours says what to do; the stack of anything else is for whoever mends it.
  const text =
    isDllparityError(error) || isReportError(error) || isUsageError(error)
      ? error.message
      : String((error as Error).stack ?? error);
  process.stderr.write(`${text}\n`);
  process.exitCode = 70;
}

/** By its name: whoever writes no report need not load them. */
function isReportError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ReportError';
}

function isUsageError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'CACError';
}
