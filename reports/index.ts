export {
  readCompatibility,
  type Compatibility,
  type FunctionResult,
  type RunResult,
  type SuiteResult,
} from './compatibility.ts';
export { htmlReport } from './html/page.ts';
export { judge, type Judgement } from './judgement.ts';
export { junitXml } from './junit/junit-xml.ts';
export { jobSummary } from './markdown/job-summary.ts';
export { readResults, type LocatedRecord } from './read-results.ts';
export { ReportError } from './report-error.ts';
export { summarise, type SummaryOptions } from './text/summary.ts';
export { writeReport, type ReportRequest, type WrittenReport } from './write-report.ts';
