export type { LocatedRecord } from './read-results.ts';
export { readResults } from './read-results.ts';
export { ReportError } from './report-error.ts';
export { summarise } from './text/summary.ts';
export { writeReport } from './write-report.ts';
