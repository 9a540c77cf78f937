// Makes a fresh checkout ready, or says what is missing. Runs before `npm ci`, so it uses Node's own modules only.
import { fileURLToPath } from 'node:url';
import { USAGE, parseArguments } from './arguments.mjs';
import { wasWine10Added } from './added-wine.mjs';
import { cacheFolder } from './locations.mjs';
import { createProgress, failureText } from './progress.mjs';
import { runSteps } from './run-steps.mjs';

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 };

/** @param {ReturnType<typeof parseArguments>} wanted */
async function main(wanted) {
  const controller = new AbortController();
  let exitCode = 1;
  for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.on(name, () => {
      exitCode = EXIT_CODES[name];
      controller.abort();
    });
  }
  const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
  const context = {
    root,
    cache: cacheFolder(process.env),
    purpose: wanted.purpose,
    oracles: wanted.oracles,
    withWine10: wanted.addWine10 || (await wasWine10Added(root)),
    env: process.env,
    signal: controller.signal,
  };
  const failure = await runSteps(context, createProgress(process.stdout, wanted.quiet));
  if (failure === undefined) return 0;
  process.stderr.write(`${failure}\n`);
  return exitCode;
}

try {
  const wanted = parseArguments(process.argv.slice(2));
  if (wanted.help) process.stdout.write(`${USAGE}\n`);
  else process.exitCode = await main(wanted);
} catch (error) {
  process.stderr.write(`${failureText('arguments', error)}\n`);
  process.exitCode = 2;
}
