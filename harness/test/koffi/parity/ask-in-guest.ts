// Windows Node starts here: node.exe ask-in-guest.ts <guest modules> <koffi_parity.dll> <answers> <spec>. All Windows paths.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ask, type Koffi } from './record.ts';
import { specs } from './specs.ts';

const [modules = '', dll = '', output = '', name = ''] = process.argv.slice(2);
const koffi = createRequire(`${modules}\\resolve-from-here.js`)('koffi') as Koffi;
const spec = specs[name];
if (!spec) throw new Error(`no spec is called ${name}`);
writeFileSync(output, JSON.stringify(await ask(koffi, dll, name, spec)));
process.exit(0);
