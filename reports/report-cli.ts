import { parseArgs } from 'node:util';
import { ReportError, summarise, writeReport } from './index.ts';

const USAGE = `Usage: npm run report -- [results.jsonl ...] [--html file] [--markdown file] [--junit file] [--check]

  results.jsonl  results of one or several runs (default: out/results.jsonl)
  --html         where the page goes (default: out/report.html)
  --markdown     also write a job summary
  --junit        also write JUnit XML
  --check        exit with 1 when the results do not pass`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    html: { type: 'string', default: 'out/report.html' },
    markdown: { type: 'string' },
    junit: { type: 'string' },
    check: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (values.help) console.log(USAGE);
else process.exitCode = await run();

async function run(): Promise<number> {
  try {
    const written = await writeReport({
      results: positionals.length > 0 ? positionals : ['out/results.jsonl'],
      html: values.html,
      ...(values.markdown === undefined ? {} : { markdown: values.markdown }),
      ...(values.junit === undefined ? {} : { junit: values.junit }),
    });
    console.log(summarise(written.compatibility, { report: written.html, stream: process.stdout }));
    return values.check && written.judgement.state !== 'passed' ? 1 : 0;
  } catch (error) {
    if (!(error instanceof ReportError)) throw error;
    console.error(error.message);
    return 2;
  }
}
