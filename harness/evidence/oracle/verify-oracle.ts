import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { DllparityError } from '../../base/errors.ts';
import { readPeHeader } from '../../windows/pe/pe-header.ts';
import { MAX_IMAGE_BYTES, readRegularFile } from '../../windows/pe/regular-file.ts';
import { readVersionInfo } from '../../windows/pe/version-info.ts';
import { MICROSOFT, type OracleDll } from '../../types/declare/oracle-dll.ts';

/** An oracle's file whose identity was checked. */
export interface VerifiedOracle {
  readonly path: string;
  readonly sha256: string;
  readonly fileVersion: string;
  readonly company: string;
}

/**
 * Checks that the file is what the suite pins: Microsoft's, this version, these bytes, and no builtin of Wine.
 * Throws ORACLE_MISSING or ORACLE_REFUSED.
 */
export function verifyOracle(oracle: OracleDll, oracleFolder: string): VerifiedOracle {
  const path = isAbsolute(oracle.file) ? oracle.file : join(oracleFolder, oracle.file);
  if (!existsSync(path)) {
    throw new DllparityError('ORACLE_MISSING', {
      what: `the oracle of ${oracle.source} is not on this machine`,
      where: { file: path },
      hint: 'Run `npm run record`, whose set-up fetches it, or `node setup/setup.mjs --for record`.',
    });
  }
  const refuse = (what: string): never => {
    throw new DllparityError('ORACLE_REFUSED', {
      what,
      where: { file: path },
      hint: 'Only the pinned Microsoft file may be recorded from. Fetch it again, or pin another file in the suite.',
    });
  };
  const header = readPeHeader(path);
  if (header.wineMark !== undefined) refuse("this is one of Wine's own DLLs: a Wine result never becomes a baseline");
  if (header.architecture !== oracle.architecture)
    refuse(`the file is for ${header.architecture}, and the suite pins one for ${oracle.architecture}`);
  const version = readVersionInfo(path);
  if (!version) return refuse('the file has no version resource, so nothing says whose it is');
  // Wine's own say that they are by Microsoft, and a mark is easily lost: what they are called stays.
  if (/\bwine\b/i.test(version.productName)) refuse(`the file says that it belongs to ${version.productName}`);
  if (version.companyName !== MICROSOFT) refuse(`the file is by "${version.companyName}", not by "${MICROSOFT}"`);
  if (version.fixedFileVersion !== oracle.fileVersion) {
    refuse(`the file has version ${version.fixedFileVersion}, and the suite pins ${oracle.fileVersion}`);
  }
  const sha256 = createHash('sha256')
    .update(readRegularFile(path, MAX_IMAGE_BYTES, true))
    .digest('hex');
  if (sha256 !== oracle.sha256) refuse(`the file has SHA-256 ${sha256}, and the suite pins ${oracle.sha256}`);
  return { path, sha256, fileVersion: version.fixedFileVersion, company: version.companyName };
}
