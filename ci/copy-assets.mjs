// What tsc leaves behind: files that the report reads at run time, copied to where the build looks for them.
import { cpSync } from 'node:fs';

for (const folder of ['reports/html/style', 'reports/html/client'])
  cpSync(folder, `dist/${folder}`, { recursive: true });
