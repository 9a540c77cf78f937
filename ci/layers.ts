import { z } from 'zod';

/** Shape of `layers.json`. Paths are relative to the project; one that ends in `/` is a folder with all below it. */
const Layer = z.strictObject({
  imports: z.array(z.string()),
  packages: z.array(z.string()),
});

const Layers = z.strictObject({
  /** By folder; `.` is for files beside package.json. The longest folder that a file lies in counts. */
  layers: z.record(z.string(), Layer),
  /** What test files may import besides what their layer may. */
  tests: Layer,
  /** By folder, its parts from the bottom up: a part may import parts before it. */
  order: z.record(z.string(), z.array(z.string())),
  /** Single imports that are allowed against the rules, each with its reason. */
  exceptions: z.array(z.strictObject({ file: z.string(), imports: z.string(), why: z.string().min(1) })),
});

export type Layers = z.infer<typeof Layers>;

export function readLayers(text: string): Layers {
  return Layers.parse(JSON.parse(text));
}

/** The layer a file belongs to, or undefined when the law does not know its folder. */
export function layerOf(file: string, layers: Layers): string | undefined {
  if (!file.includes('/')) return '.';
  const holders = Object.keys(layers.layers).filter((folder) => file.startsWith(`${folder}/`));
  return holders.sort((a, b) => b.length - a.length)[0];
}

export function isTest(file: string): boolean {
  return /(^|\/)(test|test-d)\//.test(file) || /\.test(-d)?\.ts$/.test(file);
}

/** Whether `target` is one of `allowed`, or lies in a folder of it. */
export function isNamed(target: string, allowed: readonly string[]): boolean {
  return allowed.some((name) => (name.endsWith('/') ? target.startsWith(name) : target === name));
}

/** Whether a package, such as `node:fs` or `fast-check`, is allowed. `*` at the end of a name stands for anything. */
export function isPackageNamed(name: string, allowed: readonly string[]): boolean {
  return allowed.some((pattern) => (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern));
}

/**
 * Where `file` stands in each `order` that holds it, the outermost first: `harness` and `types`, then `harness/types` and
 * `declare`, for `harness/types/declare/struct.ts`.
 */
export function partsOf(file: string, layers: Layers): readonly { readonly folder: string; readonly part: string }[] {
  return Object.keys(layers.order)
    .filter((folder) => file.startsWith(`${folder}/`))
    .sort((a, b) => a.length - b.length)
    .map((folder) => ({ folder, part: file.slice(folder.length + 1).split('/')[0] ?? '' }));
}
