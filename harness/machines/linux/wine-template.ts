import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DllparityError } from '../../base/errors.ts';
import { setupCommand } from '../../base/package-root.ts';

/** Throws PREFIX_TEMPLATE_MISSING when the folder is no Wine prefix. */
export function requireTemplate(template: string): void {
  if (existsSync(join(template, 'system.reg'))) return;
  throw new DllparityError('PREFIX_TEMPLATE_MISSING', {
    what: 'the prefix template is not there, or is no Wine prefix',
    where: { file: template },
    hint: `Run \`${setupCommand}\`, which makes it; or correct the option \`template\` (DLLPARITY_TEMPLATE).`,
  });
}
