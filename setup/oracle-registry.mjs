import { readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { SetupError } from './setup-error.mjs';

/**
 * @typedef {object} OracleFile
 * @property {string} path In the package.
 * @property {string} file Below the folder of its package in the cache: `x64/msvcr120.dll`.
 * @property {string} sha256
 */

/**
 * An npm package that carries DLLs of Microsoft.
 * @typedef {object} OraclePackage
 * @property {string} id `<name>@<version>`
 * @property {string} folder Its name in the cache.
 * @property {string} integrity
 * @property {number} megabytes
 * @property {readonly OracleFile[]} files
 */

/**
 * Reads which packages there are. The harness checks the same file in full; here only what would be fetched matters.
 * @param {string} file
 * @param {readonly string[] | 'all'} dlls File names; packages without any of them are left out.
 * @returns {Promise<OraclePackage[]>}
 */
export async function readOraclePackages(file, dlls) {
  // Not at the top: the module is there only when npm has run.
  const { parse } = await import('yaml');
  const entries = /** @type {unknown} */ (parse(await readFile(file, 'utf8')));
  if (!Array.isArray(entries)) throw new SetupError(`${file} is not a list of packages.`);
  const packages = entries.map((entry) => packageOf(entry, file));
  if (dlls === 'all') return packages;
  const known = new Set(packages.flatMap(({ files }) => files.map(nameOf)));
  const unknown = dlls.find((dll) => !known.has(dll));
  if (unknown !== undefined) {
    throw new SetupError(`no package of ${file} has ${unknown}.`, {
      next: `choose from ${[...known].toSorted().join(', ')}, or all.`,
    });
  }
  return packages.filter(({ files }) => files.some((each) => dlls.includes(nameOf(each))));
}

/** @param {OracleFile} file */
const nameOf = ({ file }) => posix.basename(file);

/**
 * @param {unknown} entry
 * @param {string} file
 * @returns {OraclePackage}
 */
function packageOf(entry, file) {
  const { package: id, integrity, megabytes, dlls } = /** @type {Record<string, unknown>} */ (entry ?? {});
  const files = Array.isArray(dlls) ? dlls.map(fileOf) : [];
  if (
    typeof id !== 'string' ||
    !/^sha512-/.test(String(integrity)) ||
    files.length === 0 ||
    files.includes(undefined)
  ) {
    throw new SetupError(
      `${file} has an entry without package, integrity or dlls: ${JSON.stringify(entry).slice(0, 200)}`,
    );
  }
  return {
    id,
    folder: cacheFolderOf(id),
    integrity: String(integrity),
    megabytes: Number(megabytes),
    files: /** @type {OracleFile[]} */ (files),
  };
}

/**
 * @param {unknown} dll
 * @returns {OracleFile | undefined}
 */
function fileOf(dll) {
  const { path, architecture, sha256 } = /** @type {Record<string, unknown>} */ (dll ?? {});
  // Nothing outside of the package is taken, and nothing is put outside of the cache.
  if (typeof path !== 'string' || posix.normalize(path) !== path || /^[./]/.test(path)) return undefined;
  if ((architecture !== 'x64' && architecture !== 'ia32') || typeof sha256 !== 'string') return undefined;
  return { path, file: `${architecture}/${posix.basename(path)}`, sha256 };
}

/**
 * As npm names the archive of a package: `@scope/name@1.0.0` is `scope-name-1.0.0`.
 * @param {string} id
 */
function cacheFolderOf(id) {
  return id.replace(/^@/, '').replaceAll(/[/@]/g, '-');
}
