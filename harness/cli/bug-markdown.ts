import type { CaseReport, ReportedRun } from '../evidence/differential/events.ts';

/** A report about one case, as a bug tracker takes it. */
export function bugMarkdown(report: CaseReport, version: string): string {
  const { suite, id, prototype, inputs, runs, program, noProgram, script } = report;
  const [dll = '', name = ''] = suite.split('/');
  const differing = runs.filter(({ dll: of, isSame }) => of === 'builtin' && !isSame);
  const title = differing.length === 0 ? 'the same here as on Windows' : 'differs from Windows';
  return [
    `# ${dll}: ${name} ${title}`,
    '',
    prototype === null ? `A script of several calls of ${dll}.` : `\`${prototype}\``,
    '',
    '## The case',
    '',
    ...inputs.map((input) => `- \`${input.name}\`${input.type === '' ? '' : ` (\`${input.type}\`)`} = \`${input.text}\``),
    '',
    "## Microsoft's DLL",
    '',
    ...microsoft(runs),
    '',
    '## Wine',
    '',
    '| runtime | build | outcome | as Microsoft |',
    '| --- | --- | --- | --- |',
    ...runs.filter((run) => run.dll === 'builtin').map((run) => `| ${run.runtime} | ${run.build} | \`${cell(run.outcome)}\` | ${run.isSame ? 'yes' : '**no**'} |`),
    '',
    sinceWhen(runs),
    '',
    ...(program === undefined ? [`There is no program in C: ${noProgram ?? 'unknown'}.`] : programLines(report, program)),
    '',
    '## TypeScript',
    '',
    '```ts',
    script.trimEnd(),
    '```',
    '',
    '## Environment',
    '',
    ...runs.filter((run) => run.dll === 'builtin').map((run) => `- ${run.runtime}: ${run.build}, ${run.architecture}`),
    `- dllparity ${version}, case \`${suite}#${id}\``,
    '',
  ].join('\n');
} // prettier-ignore

function microsoft(runs: readonly ReportedRun[]): string[] {
  const native = runs.filter(({ dll }) => dll === 'native');
  if (native.length === 0) return ['No DLL of Microsoft is pinned for this suite.'];
  const seen = new Set<string>();
  return native.flatMap(({ architecture, outcome, provenance, runtime }) => {
    // Its code is the same in each runtime; where what it does is not, that is to be seen.
    const key = `${architecture}\n${outcome}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [`- ${architecture}: \`${outcome}\``, `  (${provenance ?? ''}; loaded natively in ${runtime})`];
  });
}

function sinceWhen(runs: readonly ReportedRun[]): string {
  const wine = runs.filter(({ dll }) => dll === 'builtin');
  const list = (some: readonly ReportedRun[]): string => some.map(({ runtime }) => runtime).join(', ');
  const [same, other] = [wine.filter(({ isSame }) => isSame), wine.filter(({ isSame }) => !isSame)];
  if (other.length === 0) return 'It does not differ in any runtime that was tried.';
  if (same.length === 0) return `It differs in every runtime that was tried: ${list(other)}.`;
  return `It differs in ${list(other)}, and does not in ${list(same)}.`;
}

function programLines({ runs, suite }: CaseReport, program: string): string[] {
  const [dll = ''] = suite.split('/');
  return [
    '## Program in C',
    '',
    `Build it with \`x86_64-w64-mingw32-gcc\` or \`i686-w64-mingw32-gcc\`. The first argument is the path of ${dll}; Wine takes Microsoft's with \`WINEDLLOVERRIDES=${dll.replace(/\.dll$/, '')}=n\`.`,
    '',
    '```c',
    program.trimEnd(),
    '```',
    '',
    'It prints:',
    '',
    ...runs.flatMap(({ runtime, dll: of, printed }) =>
      printed === undefined ? [] : [`${of === 'native' ? "Microsoft's DLL in " : ''}${runtime}:`, '', '```text', printed.trimEnd(), '```', ''],
    ),
  ];
} // prettier-ignore

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('`', "'");
}
