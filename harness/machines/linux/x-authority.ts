// The cookies by which an X server knows its clients. They are filed under the name of the machine, and the sandbox has another one.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** X11/Xauth.h: a cookie of whichever machine. */
const FAMILY_WILD = 0xffff;
/** X11/X.h: of the machine of that name, by a local socket. */
const FAMILY_LOCAL = 256;

export interface Authority {
  readonly file: string;
  readonly release: () => void;
}

/** The file with the cookies of this user, for programs in the sandbox or outside; undefined where there is none. */
export function openAuthority(
  variables: Readonly<Record<string, string | undefined>>,
  sandbox: boolean,
): Authority | undefined {
  const file = variables['XAUTHORITY'] ?? join(homedir(), '.Xauthority');
  if (!existsSync(file)) return undefined;
  if (!sandbox) return { file, release: () => undefined };
  const copy = join(mkdtempSync(join(tmpdir(), 'dllparity-display-')), 'authority');
  writeFileSync(copy, widened(readFileSync(file)), { mode: 0o600 });
  return {
    file: copy,
    release: () => {
      rmSync(dirname(copy), { recursive: true, force: true });
    },
  };
}

/** Cookies of local sockets, for a machine of whichever name (Xau(3): family, address, display, name, data, each with its length). */
export function widened(cookies: Buffer): Buffer {
  const kept: Buffer[] = [];
  for (let at = 0; at + 2 <= cookies.length;) {
    const start = at;
    at += 2;
    for (let field = 0; field < 4; field++) at = endOfField(cookies, at);
    if (at > cookies.length) break;
    const entry = Buffer.from(cookies.subarray(start, at));
    const family = entry.readUInt16BE(0);
    if (family !== FAMILY_LOCAL && family !== FAMILY_WILD) continue;
    entry.writeUInt16BE(FAMILY_WILD, 0);
    kept.push(entry);
  }
  return Buffer.concat(kept);
}

/** Behind the end of the file where the field does not end in it. */
function endOfField(cookies: Buffer, at: number): number {
  return at + 2 <= cookies.length ? at + 2 + cookies.readUInt16BE(at) : Infinity;
}
