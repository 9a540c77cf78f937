// Real koffi in Windows Node, asked in Wine prefixes of its own.
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { windowsNode } from '../../../../tools/bench/windows-node.ts';
import type { Installation } from '../../../machines/installation.ts';
import { throughZ } from '../../../machines/linux/wine-environment.ts';
import type { Answers } from './record.ts';

const LIMIT_MS = 60_000;
const guestProgram = fileURLToPath(new URL('ask-in-guest.ts', import.meta.url));

/**
 * The answers of koffi on Windows to these specs. Each has a process of its own: koffi's types are global to a process, and
 * what it declared before koffi.reset() may end it. Each has a prefix of its own too, which is gone with its processes: a Wine
 * server that is just ending can take the next process with it.
 */
export async function askGuest(installation: Installation, dll: string, names: readonly string[]): Promise<Answers> {
  const node = windowsNode(installation);
  try {
    const answers: Answers = {};
    for (const name of names) {
      const output = join(node.folder, `${name}.json`);
      const log = join(node.folder, `${name}.log`);
      const file = openSync(log, 'a');
      const args = [...[installation.guestModules, dll, output].map(throughZ), name];
      const ask = (): Promise<number | string | null> => ended(node.start(guestProgram, args, file));
      // Windows Node does not always come up on a busy machine; what it then says, it says.
      const code = (await ask()) && (await ask());
      closeSync(file);
      if (code !== 0)
        throw new Error(`Windows Node ended with ${String(code)} in the spec ${name}:\n${readFileSync(log, 'utf8')}`);
      Object.assign(answers, JSON.parse(readFileSync(output, 'utf8')));
    }
    return answers;
  } finally {
    node.remove();
  }
}

function ended(child: ChildProcess): Promise<number | string | null> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      resolve(signal ?? code);
    });
  });
}
