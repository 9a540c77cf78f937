import type { OracleDll } from '../../types/declare/oracle-dll.ts';
import { DllparityError } from '../../base/errors.ts';
import type { Suite } from './suite.ts';

/** The DLL that vouches for a suite on one architecture. Throws ORACLE_MISSING where its library names none. */
export function oracleOf({ name, behaviour }: Suite, architecture: OracleDll['architecture']): OracleDll {
  const { dll, oracles } = behaviour.library;
  const found = oracles.find((oracle) => oracle.architecture === architecture);
  if (found) return found;
  throw new DllparityError('ORACLE_MISSING', {
    what:
      oracles.length === 0
        ? `${dll} has no oracle to record ${name} from`
        : `${dll} has no oracle for ${architecture} to record ${name} from, only one for ${oracles.map((oracle) => oracle.architecture).join(', ')}`,
    hint:
      oracles.length === 0
        ? 'Name one in the options of `library`: oracle: microsoftDll({ ... }).'
        : `Name one in the options of \`library\`: oracle: [..., microsoftDll({ architecture: '${architecture}', ... })].`,
  });
}
