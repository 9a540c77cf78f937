import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder that looks like a Wine prefix: C: as in Wine, Z: for the whole disk, D: for a folder of its own. */
export interface TestPrefix {
  readonly folder: string;
  readonly prefix: string;
  put(path: string, content?: string | Buffer): string;
}

export function makePrefix(): TestPrefix {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'dllparity-paths-')));
  const prefix = join(folder, 'prefix');
  const put: TestPrefix['put'] = (path, content = '') => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  };
  put('prefix/drive_c/windows/system32/Kernel32.dll');
  put('media/Disc/Setup.DLL');
  mkdirSync(join(prefix, 'dosdevices'));
  symlinkSync('../drive_c', join(prefix, 'dosdevices/c:'));
  symlinkSync('/', join(prefix, 'dosdevices/z:'));
  symlinkSync(join(folder, 'media'), join(prefix, 'dosdevices/d:'));
  symlinkSync('/dev/ttyS0', join(prefix, 'dosdevices/com1'));
  symlinkSync('/dev/sr0', join(prefix, 'dosdevices/d::'));
  return { folder, prefix, put };
}
