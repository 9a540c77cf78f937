import { constants, copyFileSync, existsSync, mkdirSync, readdirSync, readlinkSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { DllparityError } from '../errors.ts';
import { setupCommand } from '../package-root.ts';

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
 * Copies a prefix, for machines on which nothing can be mounted: seconds and 700 MB, unless the file system can share blocks.
 * Links would be quick, but a program that writes *into* a file of C:\\windows would then write into the template.
 */
export function copyPrefix(template: string, clone: string): void {
  try {
    copyFolder(template, clone);
  } catch (cause) {
    throw new DllparityError('PREFIX_TEMPLATE_MISSING', {
      what: `the prefix template could not be copied to ${clone}`,
      where: { file: template },
      hint: `See that there is space; \`${setupCommand}\` makes the template anew when it is incomplete.`,
      cause,
    });
  }
}

function copyFolder(from: string, to: string): void {
  mkdirSync(to, { mode: 0o700 });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (SKIPPED.has(entry.name)) continue;
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory()) copyFolder(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else copyFileSync(source, target, constants.COPYFILE_FICLONE);
  }
}
