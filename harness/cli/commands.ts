// What the command line offers. Each command is a file, which is loaded when it is given; this one only names them, with their options.
import { cac, type CAC } from 'cac';
import type { BugOptions } from './bug.ts';
import type { CheckCommandOptions } from './check.ts';
import type { CompareOptions } from './compare.ts';
import type { DiffOptions } from './diff.ts';
import type { DivergencesOptions } from './divergences.ts';
import type { DoctorOptions } from './doctor.ts';
import type { KnownOptions } from './known.ts';
import type { ReplayOptions } from './replay.ts';
import type { ReportOptions } from './report.ts';
import type { RunOptions } from './run.ts';
import type { RuntimesOptions } from './runtimes.ts';
import type { ScenarioOptions } from './scenario.ts';
import type { SetupOptions } from './setup.ts';
import type { WhichOptions } from './which.ts';

/** The commands, before any words were read. */
export function commands(): CAC {
  const cli = cac('dllparity');

  cli
    .command('setup', 'Set this machine up: Wine, the agent, the prefix that runs are cloned from')
    .option('--record', "fetch Microsoft's DLLs too, to record from")
    .option('--wine <version>', 'add another Wine: 10, for 64-bit and 32-bit DLLs')
    .action(async (options: SetupOptions) => (await import('./setup.ts')).setup(options));

  cli
    .command('run [...filters]', 'Compare Wine with the baselines, and write results.jsonl and the report')
    .option('--no-strict', 'let functions that the runtime lacks, and suites without a baseline, fail nothing')
    .option('--runtimes <ids>', 'run on each of these runtimes, for example wine-8.0-x64,wine-10.0-ia32, or on all')
    .example('dllparity run')
    .example('dllparity run math printf')
    .action(async (filters: string[], options: RunOptions) => (await import('./run.ts')).run(filters, options));

  cli
    .command('record [...filters]', "Record baselines from the oracle: Microsoft's own DLL")
    .example('dllparity record suites/msvcr120/math.test.ts')
    .action(async (filters: string[], options: { '--'?: string[] }) =>
      (await import('./record.ts')).record(filters, options['--'] ?? []),
    );

  cli
    .command(
      'replay <case>',
      'Run one case alone and show what it does; the report and every failure print the command',
    )
    .option('--runtime <id>', 'the runtime, for example wine-10.0-ia32 (default: the one of the configuration)')
    .example('dllparity replay msvcr120.dll/sin#8c7c311e --runtime wine-8.0-x64')
    .action(async (target: string, options: ReplayOptions) => (await import('./replay.ts')).replay(target, options));

  cli
    .command(
      'diff [...filters]',
      "Compare two runtimes, or Wine and Microsoft's DLL, with generated cases, and shrink what differs",
    )
    .option(
      '--between <sides>',
      "the two sides: wine-10.0-x64:native wine-10.0-x64 (default: Microsoft's DLL and the newest Wine)",
    )
    .option('--time <duration>', 'how long: 60s, 5m (default: 60s)')
    .option('--seed <number>', 'where generating begins (default: a new one, which is printed)')
    .option('--corpus <folder>', 'where causes are kept (default: corpus beside each suite file)')
    .option('--fuzz', 'look for crashes alone, each place of a crash once')
    .option('--programs', 'print the programs in C too')
    .option('--json <file>', 'write everything as one JSON document')
    .example('dllparity diff suites/msvcr120 --between wine-10.0-x64:native wine-10.0-x64 --time 5m')
    .example('dllparity diff msvcr120.dll/strtod')
    .action(async (filters: string[], options: DiffOptions) => (await import('./diff.ts')).diff(filters, options));

  cli
    .command(
      'bug <case>',
      'Write a report about one case, ready to be filed: what Microsoft does, what each Wine does, a program in C',
    )
    .option('--output <file>', 'where it goes (default: standard output)')
    .option('--corpus <folder>', 'where the case is kept (default: corpus beside each suite file)')
    .example('dllparity bug msvcr120.dll/exp#0fe3a900')
    .action(async (target: string, options: BugOptions) => (await import('./bug.ts')).bug(target, options));

  cli
    .command('divergences', 'List the causes that differential runs have found, with the program that shows each')
    .option('--runtime <id>', 'the runtime, for example wine-10.0-x64 (default: the first)')
    .option('--corpus <folder>', 'where causes are kept (default: the current folder and all below)')
    .option('--json <file>', 'write everything as one JSON document')
    .example('dllparity divergences --runtime wine-10.0-x64')
    .action(async (options: DivergencesOptions) => (await import('./divergences.ts')).divergences(options));

  cli
    .command('report [...results]', 'Write the report again, from one or several results.jsonl')
    .option('--html <file>', 'where the page goes (default: report.html in the output folder)')
    .option('--markdown <file>', 'write a job summary too')
    .option('--junit <file>', 'write JUnit XML too')
    .option(
      '--which <file>',
      'show a program too: what `dllparity which --json` has written; several times for several',
    )
    .action(async (results: string[], options: ReportOptions) =>
      (await import('./report.ts')).report(results, options),
    );

  cli
    .command(
      'compare <A> <B>',
      'Did it get better or worse? Compare two runs, or two runtimes of one run, case by case',
    )
    .option('--results <file>', 'where runtimes that are named alone are looked up (default: that of the last run)')
    .option('--limit <number>', 'how many causes, and cases of each, are listed, or all (default: 5; in JSON all)')
    .option('--allow-removed', 'let cases that are not judged any more fail nothing')
    .option('--markdown [file]', 'write Markdown for a comment, or print it instead of plain text')
    .option('--json <file>', 'write everything as one JSON document')
    .example('dllparity compare before.jsonl out/results.jsonl')
    .example('dllparity compare wine-8.0-x64 wine-10.0-x64 --markdown comment.md')
    .example('dllparity compare before.jsonl#wine-8.0-x64 out/results.jsonl#wine-10.0-x64')
    .action(async (a: string, b: string, options: CompareOptions) =>
      (await import('./compare.ts')).compare(a, b, options),
    );

  cli
    .command('known', 'Show how the declarations of known divergences differ from the last run, as a patch')
    .option(
      '--accept',
      'change the declarations: ids and numbers only; reason, bug and versions are for a person to write',
    )
    .option(
      '--propose [results]',
      'group undeclared divergences by what may be their cause, and print an entry for each',
    )
    .option('--write <cause>', 'of --propose: write the entry of this group, with its reason')
    .option('--reason <text>', 'of --write: why Wine differs')
    .option('--bug <address>', 'of --write: the https address of a bug report (default: none)')
    .example('dllparity known --propose')
    .action(async (options: KnownOptions) => (await import('./known.ts')).known(options));

  cli
    .command('triage [results]', 'Walk through undeclared divergences, group by group, and declare them with a reason')
    .example('dllparity triage')
    .action(async (results?: string) => (await import('./triage.ts')).triage(results));

  cli
    .command('which <program> [dll]', 'Explain where a program gets its DLLs from: on Windows, and really under Wine')
    .option(
      '--as <way>',
      'how the DLL is loaded: load-library, altered, dll-load-dir, search=... (default: by its extension)',
    )
    .option('--cwd <folder>', 'the current folder when it is started (default: its own folder)')
    .option('--path <folders>', 'folders of PATH before those of Windows, separated as in PATH')
    .option('--runtime <id>', 'the Wine to try it in (default: the first for its architecture)')
    .option('--json <file>', 'write everything as one JSON document')
    .option('--html <file>', 'write a page with a diagram')
    .example('dllparity which app.exe')
    .example('dllparity which app.exe plugin.dll --cwd /home/me/documents')
    .action(async (program: string, dll: string | undefined, options: WhichOptions) =>
      (await import('./which.ts')).which(program, dll, options),
    );

  cli
    .command(
      'scenario <action> [...files]',
      'Which DLL is loaded? run: try scenarios on a runtime; explain: what the rules of Windows say; list',
    )
    .option('--runtime <id>', 'the runtime, for example wine-10.0-ia32')
    .option('--json <file>', 'write what came of each')
    .option('--only <id>', 'one scenario alone; several times for several')
    .example('dllparity scenario run my.yaml --runtime wine-10.0-x64')
    .example('dllparity scenario explain my.yaml --only my-first')
    .example('dllparity scenario list')
    .action(async (action: string, files: string[], options: ScenarioOptions) =>
      (await import('./scenario.ts')).scenario(action, files, options),
    );

  cli
    .command(
      'check <...files>',
      'Try documented facts: files that say what functions of DLLs do on Windows, with sources',
    )
    .option('--runtime <id>', 'the runtime, for example wine-10.0-ia32')
    .option('--known <file>', 'known divergences that are no failure, by the ids of facts; several times for several')
    .option('--only <id>', 'one fact alone; several times for several')
    .option('--no-strict', 'let facts that cannot be tried here fail nothing')
    .option('--json <file>', 'write everything as one JSON document')
    .example('dllparity check my-facts.yaml --runtime wine-10.0-x64')
    .action(async (files: string[], options: CheckCommandOptions) =>
      (await import('./check.ts')).check(files, options),
    );

  cli
    .command('runtimes', 'List the runtimes of this machine: which are usable, and why the others are not')
    .option('--json <file>', 'write the list as one JSON document')
    .example('dllparity runtimes')
    .action(async (options: RuntimesOptions) => (await import('./runtimes.ts')).runtimes(options));

  cli
    .command('doctor', 'Examine this machine: what works, what is limited, what is broken, and what mends it')
    .option('--fix', 'run the set-up again where that mends what is broken')
    .option('--json <file>', 'write what was found as one JSON document')
    .example('dllparity doctor')
    .action(async (options: DoctorOptions) => (await import('./doctor.ts')).doctor(options));

  cli
    .command('config', 'Show every option, its value and where it comes from')
    .action(async () => (await import('./show-config.ts')).showConfig());

  return cli;
}
