import { readFileSync } from 'node:fs';
import type { Architecture, Baseline } from '../baseline/baseline.ts';
import { DllparityError } from '../../base/errors.ts';
import type { OracleDll } from '../../types/declare/oracle-dll.ts';
import type { Suite } from './suite.ts';

/**
 * Makes sure that a baseline speaks of this suite on this architecture: its declaration, its oracle. Throws BASELINE_STALE
 * with file and line.
 * @param oracle that vouches for it
 * @default oracle the first of this architecture
 */
export function checkBaseline(
  suite: Suite,
  baseline: Baseline,
  architecture: Architecture,
  oracle: OracleDll | undefined = suite.behaviour.library.oracles.find((each) => each.architecture === architecture),
): void {
  const { head, file } = baseline;
  const { provenance } = head;
  const { oracles } = suite.behaviour.library;
  const stale = (key: string, recorded: string, wanted: string): never => {
    throw new DllparityError('BASELINE_STALE', {
      what: `the baseline of ${suite.name} was recorded with another ${key}`,
      where: { file, line: lineOf(file, key) },
      details: [`recorded: ${recorded}`, `the suite: ${wanted}`],
      hint: 'Record it again (npm run record -- <suite file>), or restore what the suite declared before.',
    });
  };
  if (head.suite !== suite.name) stale('suite', head.suite, suite.name);
  if (head.prototype !== suite.behaviour.prototype)
    stale('prototype', String(head.prototype), String(suite.behaviour.prototype));
  if (provenance.architecture !== architecture) stale('architecture', provenance.architecture, architecture);
  if (oracles.length > 0 && !oracle)
    stale('architecture', architecture, oracles.map((each) => each.architecture).join(', '));
  if (!oracle) return;
  if (provenance.oracle !== oracle.oracle) stale('oracle', provenance.oracle, oracle.oracle);
  if (provenance.fileVersion !== oracle.fileVersion) stale('fileVersion', provenance.fileVersion, oracle.fileVersion);
  if (provenance.sha256 !== oracle.sha256) stale('sha256', provenance.sha256, oracle.sha256);
}

/** The line on which the head says it. */
function lineOf(file: string, key: string): number {
  const index = readFileSync(file, 'utf8')
    .slice(0, 8192)
    .split('\n')
    .findIndex((line) => line.trimStart().startsWith(`${key}:`));
  return Math.max(1, index + 1);
}
