import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readIfThere, writeAtomically } from './atomic-file.mjs';
import {
  AGENT_LIBRARIES,
  AGENT_LINK_FLAGS,
  BARE_COMPILE_FLAGS,
  BARE_LIBRARIES,
  BARE_LINK_FLAGS,
  BARE_PROGRAM_FLAGS,
  COMPILE_FLAGS,
  LIBRARIES,
  LIBRARY_FLAGS,
  LINK_FLAGS,
  PROGRAM_FLAGS,
  compilerEnvironment,
  findCompiler,
} from './mingw.mjs';
import { runProgram } from './run-program.mjs';
import { SetupError } from './setup-error.mjs';

/**
 * @typedef {object} Build
 * @property {string} root
 * @property {string} stamps Folder that remembers what each DLL was built from.
 * @property {NodeJS.ProcessEnv} env
 * @property {AbortSignal} signal
 */

/**
 * Builds a DLL unless it was built from the same sources, with the same flags, by the same compiler.
 * @param {import('./native-targets.mjs').Target} target
 * @param {Build} build
 * @returns {Promise<boolean>} Whether it was built.
 */
export async function buildTarget(target, build) {
  const compiler = await readCompiler(target.cplusplus ? 'g++' : 'gcc', target.architecture, build);
  const digest = await inputDigest(target, compiler.version, build.root);
  const stampFile = join(build.stamps, target.architecture, `${basename(target.output)}.inputs`);
  if (existsSync(target.output) && (await readIfThere(stampFile)) === digest) return false;
  await compileAndLink(target, compiler.program, build);
  await writeAtomically(stampFile, digest);
  return true;
}

/**
 * @param {import('./native-targets.mjs').Target} target
 * @param {string} compilerVersion
 * @param {string} root
 */
async function inputDigest(target, compilerVersion, root) {
  const hash = createHash('sha256');
  const { compile, link, libraries } = flagsOf(target);
  hash.update(JSON.stringify([compilerVersion, compile, link, libraries, target.sources]));
  for (const file of target.inputs) {
    hash.update(`\0${file}\0`);
    hash.update(await readFile(join(root, file)));
  }
  return hash.digest('hex');
}

/** @param {import('./native-targets.mjs').Target} target */
function flagsOf({ runtime, output }) {
  const isProgram = output.endsWith('.exe');
  if (runtime === 'ntdll')
    return { compile: COMPILE_FLAGS, link: [...AGENT_LINK_FLAGS, ...LINK_FLAGS], libraries: AGENT_LIBRARIES };
  if (runtime === 'c') {
    const kind = isProgram ? PROGRAM_FLAGS : LIBRARY_FLAGS;
    return { compile: COMPILE_FLAGS, link: [...kind, ...LINK_FLAGS], libraries: LIBRARIES };
  }
  const kind = isProgram ? BARE_PROGRAM_FLAGS : LIBRARY_FLAGS;
  return {
    compile: [...COMPILE_FLAGS, ...BARE_COMPILE_FLAGS],
    link: [...kind, ...BARE_LINK_FLAGS, ...LINK_FLAGS],
    libraries: BARE_LIBRARIES,
  };
}

/**
 * @param {import('./native-targets.mjs').Target} target
 * @param {string} program
 * @param {Build} build
 */
async function compileAndLink(target, program, build) {
  await mkdir(dirname(target.output), { recursive: true });
  const scratch = await mkdtemp(join(dirname(target.output), '.building-'));
  const { compile, link, libraries } = flagsOf(target);
  try {
    const objects = [];
    for (const source of target.sources) {
      // Inside the scratch folder, under a name that is always the same: the linker may record it.
      const object = join(scratch, `${basename(source)}.o`);
      await runCompiler(
        program,
        [...compile, `-ffile-prefix-map=${build.root}=.`, '-o', object, source],
        target,
        build,
      );
      objects.push(object);
    }
    // The export directory holds the file's name, so it is linked under its final one.
    const dll = join(scratch, basename(target.output));
    const definition = target.definition === undefined ? [] : [target.definition];
    const cplusplus = target.cplusplus ? ['-static-libstdc++'] : [];
    await runCompiler(
      program,
      [...link, ...cplusplus, '-o', dll, ...objects, ...definition, ...libraries],
      target,
      build,
    );
    await rename(dll, target.output);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('./native-targets.mjs').Target} target
 * @param {Build} build
 */
async function runCompiler(program, args, target, build) {
  // Run in the project's folder with relative names, so that messages and __FILE__ read the same on every machine.
  const options = { cwd: build.root, env: compilerEnvironment(build.env), signal: build.signal };
  const { code, lines } = await runProgram(program, args, options);
  if (code === 0) return;
  throw new SetupError(
    `${basename(program)} could not build ${basename(target.output)} for ${target.architecture} from ${target.folder}.`,
    {
      output: lines.slice(0, 40),
      next: 'correct the source lines named above and run the set-up again.',
    },
  );
}

/** @type {Map<string, Promise<string>>} */
const versions = new Map();

/**
 * @param {'gcc' | 'g++'} name
 * @param {import('./locations.mjs').Architecture} architecture
 * @param {Build} build
 */
async function readCompiler(name, architecture, build) {
  const program = findCompiler(name, architecture, build.env);
  if (program === undefined)
    throw new SetupError(`the ${architecture} compiler (${name} of mingw-w64) is not on PATH.`);
  let version = versions.get(program);
  if (version === undefined) {
    version = runProgram(program, ['--version'], { signal: build.signal }).then(({ lines }) => lines[0] ?? '');
    versions.set(program, version);
  }
  return { program, version: await version };
}
