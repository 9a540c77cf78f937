import type { ImageFile } from './world.ts';

/** A DLL of Windows: nothing of it is known but that it is there and loads. */
export function windowsImage(architecture: ImageFile['architecture']): ImageFile {
  return {
    kind: 'image',
    architecture,
    imports: [],
    exports: undefined,
    forwards: new Map(),
    manifests: new Map(),
    dllMain: 'succeeds',
    partOfWindows: true,
  };
}
