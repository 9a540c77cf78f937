import { relative } from 'node:path';
import type { SelectableRuntime } from '../../base/runtime-selector.ts';
import { acceptPatches } from './accept-patch.ts';
import { declaredNumber } from './case-count.ts';
import type { Miscount } from './suite-known.ts';

/** What a failing run says of causes with other numbers of cases than they declare: both numbers, and the patch. */
export function miscountTexts(miscounts: readonly Miscount[], runtime: SelectableRuntime): string[] {
  return miscounts.flatMap((miscount) => {
    const { entry, declared, found } = miscount;
    const place = `${relative(process.cwd(), entry.file)}:${entry.line.toString()}`;
    const wanted =
      declared === undefined ? 'no number is declared for this runtime' : `${declared.toString()} declared`;
    return [
      '',
      `  the cause "${entry.cause}" (${place}) covers another number of cases: ${wanted}, ${found.toString()} found`,
      ...patchLines(miscount, runtime),
    ];
  });
}

function patchLines({ entry, suite, found }: Miscount, runtime: SelectableRuntime): string[] {
  const number = declaredNumber(entry.counts, suite, runtime);
  if (number === undefined) return [`    its "cases" has no number for ${suite} on this runtime`];
  const { patch } = acceptPatches(entry.file, [{ entry, numbers: [{ ...number, cases: found }] }]);
  // Only what changes: where it is has been said.
  const lines = patch.split('\n').filter((line) => /^[-+](?![-+]{2} )/.test(line));
  return lines.map((line) => `    ${line}`);
}
