import { basename } from 'node:path/posix';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { DllparityError } from '../../base/errors.ts';
import { readYamlText, VALUE_KINDS, type YamlFormat, type YamlPath, YamlSource } from '../../base/yaml-source.ts';
import { microsoftDll, type OracleDll } from './oracle-dll.ts';

const FORMAT: YamlFormat = {
  name: 'The registry of oracles',
  code: 'ORACLES_SYNTAX',
  hint: 'docs/reference/baselines.md describes its fields.',
};

const dll = z.strictObject({
  path: z.string().regex(/^[^/.][^\\]*\.dll$/i, 'must be the path of a DLL in the package, with slashes'),
  architecture: z.enum(['x64', 'ia32']),
  version: z.string().regex(/^\d+(?:\.\d+){3}$/, 'must be four numbers with dots between'),
  windows: z.string().optional(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits'),
});

const registry = z.array(
  z.strictObject({
    package: z.string().regex(/^(?:@[\w.-]+\/)?[\w.-]+@[\w.-]+$/, 'must be <name>@<version> of an npm package'),
    integrity: z.string().regex(/^sha512-/, 'must be the integrity of the archive: sha512-…'),
    license: z.string(),
    megabytes: z.number(),
    dlls: z.array(dll).min(1),
  }),
);

/**
 * The genuine versions of a DLL that a registry knows, in its order: the oracles of a library.
 *
 * @param file the registry: a path, or `new URL('../oracles.yaml', import.meta.url)`
 * @throws ORACLES_SYNTAX with line and column, ORACLE_MISSING where the registry does not know the DLL
 */
export function microsoftDlls(file: string | URL, name: string): readonly OracleDll[] {
  const path = typeof file === 'string' ? file : fileURLToPath(file);
  const found = readRegistry(path).flatMap(({ package: id, dlls }) =>
    dlls
      .filter((each) => basename(each.path).toLowerCase() === name.toLowerCase())
      .map(({ path: member, architecture, version, windows, sha256 }) =>
        microsoftDll({
          architecture,
          source: `npm:${id}`,
          file: `${cacheFolderOf(id)}/${architecture}/${basename(member)}`,
          fileVersion: version,
          sha256,
          ...(windows === undefined ? {} : { windows }),
        }),
      ),
  );
  if (found.length > 0) return found;
  throw new DllparityError('ORACLE_MISSING', {
    what: `the registry has no ${name}`,
    where: { file: path },
    hint: 'Add the npm package that carries it, with its integrity and the SHA-256 of the DLL.',
  });
}

/** As npm names the archive of a package: `@scope/name@1.0.0` is `scope-name-1.0.0`. The set-up does so too. */
function cacheFolderOf(id: string): string {
  return id.replace(/^@/, '').replaceAll(/[/@]/g, '-');
}

function readRegistry(file: string): z.infer<typeof registry> {
  const source = new YamlSource(readYamlText(file, FORMAT), file, FORMAT);
  if (source.problem) throw source.problem;
  const result = registry.safeParse(source.data());
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = (issue?.path ?? []) as YamlPath;
  const place = path.length > 0 ? `${path.join('.')}: ` : '';
  const wanted =
    issue?.code === 'invalid_type' ? `must be ${VALUE_KINDS[issue.expected] ?? issue.expected}` : undefined;
  throw source.error(path, 'value', `${place}${wanted ?? issue?.message ?? 'is wrong'}`);
}
