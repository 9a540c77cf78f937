// What to say of a field that a file has to have and has not.

interface RequiredField {
  /** What it is for, behind "there is no … here:". */
  readonly is: string;
  /** A line to add. */
  readonly add: string;
}

const REQUIRED_FIELDS: Readonly<Record<string, RequiredField>> = {
  rule: { is: 'the rule that the scenarios of the file belong to', add: 'rule: our plug-ins' },
  scenarios: { is: 'the list of scenarios', add: 'scenarios:' },
  id: { is: 'the name that results have for the scenario', add: 'id: plugin-helper' },
  title: {
    is: 'one line that says what lies where, and what is asked',
    add: 'title: the helper lies beside the plug-in',
  },
  evidence: {
    is: 'how sure it is: documented, wine-test, reported, unverified or none',
    add: 'evidence: unverified',
  },
  source: {
    is: 'who says what Windows does: a page, a test with its line, a report, or the reasoning',
    add: 'source: Microsoft, Dynamic-link library search order',
  },
  outcome: { is: 'what Wine does', add: 'outcome: app' },
  because: { is: 'why Wine does otherwise', add: 'because: Wine has no such list' },
  identity: { is: 'name and version of the assembly', add: 'identity: so.asm 1.0.0.0' },
  name: { is: 'the name of the assembly', add: 'name: so.asm' },
  version: { is: 'the version of the assembly, four numbers', add: 'version: 1.0.0.0' },
};

/** Message and next step for a field that is missing; undefined for what is no field. */
export function missingField(
  path: readonly (string | number)[],
): { readonly message: string; readonly hint: string } | undefined {
  const field = path.at(-1);
  if (typeof field !== 'string') return undefined;
  // Arguments of calls have names of their own.
  const required = path.includes('calls') ? undefined : REQUIRED_FIELDS[field];
  const message = `there is no "${field}" here`;
  if (required === undefined) return { message, hint: 'Add it; docs/guides/search-order.md describes every field.' };
  return {
    message: `${message}: ${required.is}`,
    hint: `Add a line such as "${required.add}"; docs/guides/search-order.md describes every field.`,
  };
}
