import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

/**
 * A folder for a Wine server whose /tmp is the machine's own. Debian's Wine makes one there, names it in the file `wineserver` of
 * the prefix, and leaves it behind when the server is killed; one that is named already is used as it is. Other builds of Wine do
 * not read that file; and where /run/user has a folder of the user, Debian's puts a folder in there, which goes with the session.
 */
export function serverFolder(): string {
  // Six letters or digits, as mkdtemp(3) makes them. Wine does not look in TMPDIR.
  return join('/tmp', `wine-${randomBytes(3).toString('hex')}`);
}
