import type { WhichRecord } from '../../../protocol/records/which-record.ts';

/** What a problem is found from. */
export type Examined = Pick<WhichRecord, 'modules' | 'folders' | 'functions' | 'program' | 'run' | 'runtime'>;
