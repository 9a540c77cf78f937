export interface Rule {
  readonly title: string;
  readonly text: string;
  /** Page of Microsoft, or a test of Wine that passes on Windows too. */
  readonly source: string;
}
