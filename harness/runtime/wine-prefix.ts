import {
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { DllparityError } from '../errors.ts';
import { setupCommand } from '../package-root.ts';

// Wine rewrites these in place; everything under drive_c it opens for reading only, unless the DLL under test writes there.
const COPIED = new Set(['system.reg', 'user.reg', 'userdef.reg', '.update-timestamp']);
const SKIPPED = new Set(['dllparity-template.json']);

/** Throws PREFIX_TEMPLATE_MISSING when the folder is no Wine prefix. */
export function requireTemplate(template: string): void {
  if (existsSync(join(template, 'system.reg'))) return;
  throw new DllparityError('PREFIX_TEMPLATE_MISSING', {
    what: 'the prefix template is not there, or is no Wine prefix',
    where: { file: template },
    hint: `Run \`${setupCommand}\`, which makes it; or correct the option \`template\` (DLLPARITY_TEMPLATE).`,
  });
}

/**
 * Clones a prefix by hard links: tens of milliseconds and no disk space instead of seconds and 700 MB.
 * Folders and the registry are the clone's own, so files that are created, replaced or deleted stay in the clone.
 * A program that writes *into* an existing file of C:\windows would write into the template.
 */
export function clonePrefix(template: string, clone: string): void {
  try {
    cloneFolder(template, clone);
  } catch (cause) {
    throw new DllparityError('PREFIX_TEMPLATE_MISSING', {
      what: `the prefix template could not be cloned to ${clone}`,
      where: { file: template },
      hint: `Run \`${setupCommand}\`; it makes the template anew when it is incomplete.`,
      cause,
    });
  }
}

function cloneFolder(from: string, to: string): void {
  mkdirSync(to, { mode: 0o700 });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (SKIPPED.has(entry.name)) continue;
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory()) cloneFolder(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else if (COPIED.has(entry.name)) copyFileSync(source, target);
    else linkOrCopy(source, target);
  }
}

function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch (error) {
    // The cache may lie on another file system than the clones, or the file system may know no hard links.
    if (!lstatSync(source).isFile()) throw error;
    copyFileSync(source, target);
  }
}
