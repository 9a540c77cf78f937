import { findProgram } from './find-program.mjs';

const TRIPLETS = { x64: 'x86_64-w64-mingw32', ia32: 'i686-w64-mingw32' };

/**
 * The variant with Windows threads when there is a choice: which one the plain name means differs between machines, and
 * with it the bytes.
 * @param {'gcc' | 'g++'} name
 * @param {import('./locations.mjs').Architecture} architecture
 * @param {NodeJS.ProcessEnv} env
 */
export function findCompiler(name, architecture, env) {
  const plain = `${TRIPLETS[architecture]}-${name}`;
  return findProgram([`${plain}-win32`, plain], env);
}

// Bytes must depend on sources and compiler only: no time stamp, no path of the machine, no random names, no debug data.
export const COMPILE_FLAGS = [
  '-c',
  '-O2',
  '-Wall',
  '-Wextra',
  '-Werror',
  '-frandom-seed=dllparity',
  '-fno-ident',
  '-fdiagnostics-color=never',
];
/** Without the C runtime, nor what the compiler would take from it by itself. */
export const BARE_COMPILE_FLAGS = [
  '-ffreestanding',
  '-fno-tree-loop-distribute-patterns',
  '-fno-asynchronous-unwind-tables',
];
export const BARE_LINK_FLAGS = ['-nostdlib', '-Wl,-e,entry', '-Wl,--exclude-all-symbols'];
export const LIBRARY_FLAGS = ['-shared'];
// Its entry is wmain: paths of the machine need not be in its code page.
export const PROGRAM_FLAGS = ['-municode'];
// No program for a terminal: those cost a console each.
export const BARE_PROGRAM_FLAGS = ['-mwindows'];
export const LINK_FLAGS = [
  '-s',
  '-static-libgcc',
  '-Wl,--no-insert-timestamp',
  '-Wl,--build-id=none',
  // The automatic base is a hash of the output's path.
  '-Wl,--disable-auto-image-base',
];
export const LIBRARIES = ['-lntdll'];
/** Without a C runtime, but for what the compiler itself calls, which ntdll.dll has. As Windows 7 and newer, and Visual C++, have it. */
export const AGENT_LINK_FLAGS = [
  '-nostdlib',
  '-Wl,-e,entry',
  '-Wl,--major-subsystem-version,6',
  '-Wl,--minor-subsystem-version,1',
];
export const AGENT_LIBRARIES = ['-lgcc', '-lntdllcrt', '-lntdll', '-lkernel32'];
export const BARE_LIBRARIES = ['-lkernel32'];

/** Environment of the compiler: fixed time, messages in English, no flags taken from the caller. @param {NodeJS.ProcessEnv} env */
export function compilerEnvironment(env) {
  return { PATH: env['PATH'], TMPDIR: env['TMPDIR'], LC_ALL: 'C', SOURCE_DATE_EPOCH: '0' };
}
