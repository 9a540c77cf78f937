import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { makeFolders } from '../harness/base/make-folders.ts';
import { readCompatibility, type Compatibility } from './compatibility.ts';
import { htmlReport } from './html/page.ts';
import { judge, type Judgement } from './judgement.ts';
import { junitXml } from './junit/junit-xml.ts';
import { readWhich } from './which/read-which.ts';
import { jobSummary } from './markdown/job-summary.ts';

export interface ReportRequest {
  /** Results files, of one or several runtimes. */
  readonly results: readonly string[];
  /** Files of `dllparity which --json`, for the HTML page. @default [] */
  readonly which?: readonly string[];
  /** Where the HTML page goes. */
  readonly html: string;
  /** Where a Markdown job summary goes, if anywhere. */
  readonly markdown?: string;
  /** Where JUnit XML goes, if anywhere. */
  readonly junit?: string;
}

export interface WrittenReport {
  readonly html: string;
  readonly bytes: number;
  readonly compatibility: Compatibility;
  readonly judgement: Judgement;
}

/** Reads results and writes their reports. A reader sees the old file or the new one, never half of one. */
export async function writeReport(request: ReportRequest): Promise<WrittenReport> {
  const compatibility = await readCompatibility(request.results);
  const programs = await Promise.all((request.which ?? []).map(readWhich));
  const page = htmlReport(compatibility, programs);
  await replaceFile(request.html, page);
  if (request.markdown !== undefined) await replaceFile(request.markdown, jobSummary(compatibility));
  if (request.junit !== undefined) await replaceFile(request.junit, junitXml(compatibility));
  return { html: request.html, bytes: Buffer.byteLength(page), compatibility, judgement: judge(compatibility) };
}

async function replaceFile(file: string, text: string): Promise<void> {
  makeFolders(dirname(file));
  await writeFileAtomic(file, text);
}
