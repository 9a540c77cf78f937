export type { LocatedRecord } from './read-results.ts';
export { readResults } from './read-results.ts';
export { summarise } from './text/summary.ts';
export { writeReport } from './write-report.ts';
export { whichPage } from './which/page.ts';
export { whichText } from './which/text.ts';
