import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openOwnedFolder, removeAbandoned, removeFolder } from '../clean-room/owned-folder.ts';

const MODULE = fileURLToPath(new URL('../clean-room/owned-folder.ts', import.meta.url));
const PROJECT = dirname(dirname(dirname(MODULE)));

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'dllparity-owned-'));
});
afterEach(() => {
  rmSync(parent, { recursive: true });
});

describe('a folder of a run', () => {
  it('is removed by a later run when its owner was killed, and not before', async () => {
    const script = `import { openOwnedFolder } from ${JSON.stringify(MODULE)};
      console.log(await openOwnedFolder(${JSON.stringify(parent)})); setInterval(() => {}, 1000);`;
    const owner = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      cwd: PROJECT,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [output] = (await once(owner.stdout, 'data')) as [Buffer];
    const folder = output.toString().trim();
    mkdirSync(join(folder, 'root'));
    writeFileSync(join(folder, 'root', 'file'), '');

    await removeAbandoned(parent);
    expect(existsSync(folder)).toBe(true);

    owner.kill('SIGKILL');
    await once(owner, 'exit');
    const mine = await openOwnedFolder(parent);
    expect(readdirSync(parent)).toEqual([mine.slice(parent.length + 1)]);
    await removeFolder(mine);
    expect(readdirSync(parent)).toEqual([]);
  });

  it('is removed although a process that is just being killed still writes there', async () => {
    const folder = await openOwnedFolder(parent);
    const script = `i=0; while [ -d ${folder} ] && [ $i -lt 4000 ]; do mkdir ${folder}/d$i && : >${folder}/d$i/f; i=$((i+1)); done`;
    const writer = spawn('sh', ['-c', script], { stdio: 'ignore' });
    const ended = once(writer, 'exit');
    await new Promise((resolve) => setTimeout(resolve, 50));
    setTimeout(() => writer.kill('SIGKILL'), 300);
    await removeFolder(folder);
    await ended;
    expect(readdirSync(parent)).toEqual([]);
  });
});
