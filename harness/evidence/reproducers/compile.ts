import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** The compilers of Debian's package mingw-w64. */
export const COMPILERS = { x64: 'x86_64-w64-mingw32-gcc', ia32: 'i686-w64-mingw32-gcc' } as const;

/** Compiles the text of a program to a file. Says in one line why it could not; undefined when it could. */
export async function compileProgram(
  source: string,
  program: string,
  architecture: keyof typeof COMPILERS,
): Promise<string | undefined> {
  const compiler = COMPILERS[architecture];
  const file = program.replace(/\.exe$/, '.c');
  await writeFile(file, source);
  try {
    await promisify(execFile)(compiler, ['-O0', '-std=gnu11', '-o', program, file], { timeout: 60_000 });
    return undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return `${compiler} is not installed`;
    const { stderr = '' } = error as { stderr?: string };
    const line = stderr.split('\n').find((each) => each.includes('error')) ?? (error as Error).message.split('\n')[0];
    return `${compiler} refuses it: ${line ?? ''}`;
  }
}
