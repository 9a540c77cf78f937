import type { OracleDll } from '../../types/declare/oracle-dll.ts';
import { DllparityError } from '../../base/errors.ts';
import type { Suite } from './suite.ts';

/**
 * The versions of the DLL that vouch for a suite on one architecture; the first gives its baseline. Throws ORACLE_MISSING
 * where its library names none.
 */
export function oraclesOf(
  { name, behaviour }: Suite,
  architecture: OracleDll['architecture'],
): readonly [OracleDll, ...OracleDll[]] {
  const { dll, oracles } = behaviour.library;
  const [first, ...others] = oracles.filter((oracle) => oracle.architecture === architecture);
  if (first) return [first, ...others];
  throw new DllparityError('ORACLE_MISSING', {
    what:
      oracles.length === 0
        ? `${dll} has no oracle to record ${name} from`
        : `${dll} has no oracle for ${architecture} to record ${name} from, only one for ${[...new Set(oracles.map((oracle) => oracle.architecture))].join(', ')}`,
    hint:
      oracles.length === 0
        ? 'Name one in the options of `library`: oracle: microsoftDll({ ... }).'
        : `Name one in the options of \`library\`: oracle: [..., microsoftDll({ architecture: '${architecture}', ... })].`,
  });
}
