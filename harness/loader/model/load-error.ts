/** Why the loader refuses a DLL. */
export type LoadError =
  | 'not-found'
  | 'bad-image'
  | 'missing-symbol'
  | 'dll-main'
  | 'locked'
  | 'invalid-parameter'
  | 'file-not-found'
  | 'file-invalid'
  | 'no-context';
