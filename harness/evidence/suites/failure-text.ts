import type { CaseRecord, ShownOutcome } from '../../../protocol/records/result-record.ts';
import { describeLateFault, describeSuspects } from '../../calls/agent/late-fault.ts';
import { miscountTexts } from '../known/count-text.ts';
import type { Compared } from './compare-suite.ts';
import type { Suite } from './suite.ts';

const SHOWN = 5;

/** What a failing suite says in the terminal: counts, then the first cases with inputs, both outcomes and a replay. */
export function failureText(
  suite: Suite,
  { record, failing, lateFaults, miscounts }: Compared,
  baselineFile: string,
): string {
  const counts = Object.entries(record.totals)
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => `${count.toString()} ${verdict}`);
  const more =
    failing.length > SHOWN ? [`... and ${(failing.length - SHOWN).toString()} more; the report has all of them`] : [];
  const hints = failing.some(({ verdict }) => verdict === 'unexpected-match')
    ? [
        'Some known divergences are gone: `npx dllparity known --accept` takes their ids out of the declarations and prints the patch.',
      ]
    : [
        'A divergence that is understood is declared, with its reason, in known-divergences.yaml beside the suite; `npx dllparity triage` proposes entries, `npx dllparity known --accept` fills ids into lists.',
      ];
  return [
    `${suite.name} on ${record.runtime.id}: ${counts.join(', ')} of ${record.cases.toString()} cases (${suite.comparator.name})`,
    ...caseTexts(failing.slice(0, SHOWN), baselineFile),
    ...more,
    ...miscountTexts(miscounts, record.runtime),
    ...lateFaults.flatMap((late) => ['', `  ${describeLateFault(late)}`, ...indented(describeSuspects(late))]),
    ...(failing.length > 0 ? hints : []),
  ].join('\n');
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `    ${line}`);
}

/** Cases in full. */
export function caseTexts(cases: readonly CaseRecord[], baselineFile: string): string[] {
  return cases.flatMap((found) => caseText(found, baselineFile));
}

function caseText({ id, verdict, carriedOver, detail }: CaseRecord, baselineFile: string): string[] {
  if (!detail) return [];
  const [expected] = detail.expectations;
  const source = expected?.source.by === 'baseline' ? expected.source : undefined;
  const inputs = detail.inputs.map(({ name, value }) => `${name} = ${value.text}`).join(', ');
  return [
    '',
    `  ${verdict} ${id}  (${source?.file ?? baselineFile}:${source?.line?.toString() ?? '?'})`,
    `    inputs:    ${inputs}`,
    ...(expected ? [`    Microsoft: ${outcomeText(expected.outcome)}`] : []),
    ...(detail.actual ? [`    here:      ${outcomeText(detail.actual)}`] : []),
    ...(detail.difference ? [`    ${detail.difference.summary}`] : []),
    ...(detail.confirmed ? ['    the same in a fresh process'] : []),
    ...(carriedOver === undefined ? [] : [`    ${carriedOver}; this is the outcome in a fresh one`]),
    `    replay:    ${detail.replay}`,
    ...(detail.log ?? []).slice(-3).map((line) => `    log:       ${line}`),
  ];
}

function outcomeText(outcome: ShownOutcome): string {
  if (outcome.kind !== 'returned') return outcome.text;
  return outcome.fields
    .map(({ name, value }) => `${name} = ${value.text}${value.bits === undefined ? '' : ` (0x${value.bits})`}`)
    .join(', ');
}
