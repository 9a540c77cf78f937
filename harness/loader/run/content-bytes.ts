import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileContent, Program } from '../scenario.ts';
import { embeddedManifests } from '../embedded-manifests.ts';
import { embedManifest } from './embed-manifest.ts';
import { configXml, manifestXml, type ManifestArchitecture } from './manifest-xml.ts';
import { patchDll, patchProgram } from './patch-dll.ts';

type Architecture = 'x64' | 'ia32';

const OTHER: Record<Architecture, Architecture> = { x64: 'ia32', ia32: 'x64' };
const IN_MANIFESTS: Record<Architecture, ManifestArchitecture> = { x64: 'amd64', ia32: 'x86' };

/** Contents of a scenario's files, for one runtime. Each is made once. */
export class ContentBytes {
  readonly #folder: string;
  readonly #architecture: Architecture;
  readonly #made = new Map<string, Buffer>();

  /** @param folder with a folder for each architecture, in which are the files that all others are made from */
  constructor(folder: string, architecture: Architecture) {
    this.#folder = folder;
    this.#architecture = architecture;
  }

  of(content: Exclude<FileContent, { readonly kind: 'folder' }>): Buffer {
    return this.#once(JSON.stringify(content), () => {
      switch (content.kind) {
        case 'dll': {
          const architecture = content.architecture === 'own' ? this.#architecture : OTHER[this.#architecture];
          const dll = patchDll(this.#template('variant.dll', architecture), content);
          return this.#withManifest(dll, content.manifest, architecture);
        }
        case 'manifest':
          return Buffer.from(manifestXml(content.manifest, IN_MANIFESTS[this.#architecture]));
        case 'config':
          return Buffer.from(configXml(content.privatePath));
        case 'text':
          return Buffer.from(content.text);
        case 'empty':
          return Buffer.alloc(0);
      }
    });
  }

  program({ imports, missingSymbol, manifest }: Program): Buffer {
    return this.#once(JSON.stringify([imports, missingSymbol, manifest]), () => {
      const program = patchProgram(this.#template('probe.exe', this.#architecture), { imports, missingSymbol });
      return this.#withManifest(program, manifest, this.#architecture);
    });
  }

  #withManifest(file: Buffer, manifest: Program['manifest'], architecture: Architecture): Buffer {
    return embeddedManifests(manifest).reduce(
      (made, { resource, manifest: text }) =>
        embedManifest(made, resource, manifestXml(text, IN_MANIFESTS[architecture])),
      file,
    );
  }

  #template(name: string, architecture: Architecture): Buffer {
    return this.#once(`${architecture}/${name}`, () => readFileSync(join(this.#folder, architecture, name)));
  }

  #once(key: string, make: () => Buffer): Buffer {
    let bytes = this.#made.get(key);
    if (bytes === undefined) this.#made.set(key, (bytes = make()));
    return bytes;
  }
}
