import { join } from 'node:path';
import type { WhichFunctionState } from '../../../protocol/records/which-record.ts';
import { nameOnDisk } from '../../windows/paths/resolve-parts.ts';
import { apiSetKey, readApiSets } from '../../windows/pe/api-sets.ts';
import { Exports, type Forward } from '../../windows/pe/exports.ts';
import { BadImage, ImageFile } from '../../windows/pe/image-file.ts';
import type { ImportedSymbol } from '../../windows/pe/imports.ts';
import { isWineStub } from '../../windows/pe/wine-stub.ts';
import { isApiSetName } from '../model/windows-dlls.ts';

const MAX_FORWARDERS = 8;

interface Builtin {
  readonly image: ImageFile;
  readonly exports: Exports | undefined;
}

/** The builtin DLLs of one runtime, opened as they are asked for. */
export class BuiltinDlls implements Disposable {
  private readonly folder: string;
  private readonly opened = new Map<string, Builtin | 'no-dll' | 'unknown'>();
  private apiSets: ReadonlyMap<string, string> | undefined;

  /** @param folder Wine's own system folder, as `systemFolderOf` gives it */
  constructor(folder: string) {
    this.folder = folder;
  }

  [Symbol.dispose](): void {
    for (const dll of this.opened.values()) if (typeof dll !== 'string') dll.image[Symbol.dispose]();
    this.opened.clear();
  }

  /** What the runtime has of a function: forwarders and API sets are followed to the DLL that answers. */
  stateOf(dll: string, symbol: ImportedSymbol): WhichFunctionState {
    let at: Forward = { dll, symbol };
    for (let step = 0; step < MAX_FORWARDERS; step++) {
      const builtin = this.open(this.hostOf(at.dll));
      if (typeof builtin === 'string') return builtin;
      try {
        const found = builtin.exports?.find(at.symbol);
        if (found === undefined) return 'missing';
        if (found.kind === 'own') return isWineStub(builtin.image, found.address) ? 'stub' : 'implemented';
        at = found.to;
      } catch (error) {
        if (error instanceof BadImage) return 'unknown';
        throw error;
      }
    }
    return 'unknown';
  }

  private hostOf(dll: string): string {
    if (!isApiSetName(dll)) return dll;
    this.apiSets ??= this.readApiSets();
    return this.apiSets.get(apiSetKey(dll)) ?? dll;
  }

  private readApiSets(): ReadonlyMap<string, string> {
    const schema = this.open('apisetschema.dll');
    if (typeof schema === 'string') return new Map();
    try {
      return readApiSets(schema.image);
    } catch (error) {
      if (error instanceof BadImage) return new Map();
      throw error;
    }
  }

  private open(dll: string): Builtin | 'no-dll' | 'unknown' {
    const key = dll.toLowerCase();
    let found = this.opened.get(key);
    if (found === undefined) {
      found = this.read(key);
      this.opened.set(key, found);
    }
    return found;
  }

  private read(dll: string): Builtin | 'no-dll' | 'unknown' {
    const name = nameOnDisk(this.folder, dll);
    if (name === undefined) return 'no-dll';
    let image: ImageFile | undefined;
    try {
      image = new ImageFile(join(this.folder, name));
      if (image.mark.startsWith('Wine builtin DLL')) return { image, exports: Exports.of(image) };
    } catch (error) {
      if (!(error instanceof BadImage)) throw error;
    }
    // A placeholder has no code, and any other file was put there by somebody.
    image?.[Symbol.dispose]();
    return 'unknown';
  }
}
