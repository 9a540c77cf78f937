// Filters for unhandled exceptions that the DLL has set: what they answer, and what they do instead.
import { exited, faulted, type Kind, returned, timedOut, violation } from './kind.ts';

const RAISED = 'kernelbase.dll';

const filter = (kind: Omit<Kind, 'dll'>): Kind => ({ dll: 'faults_filter', ...kind });

export const filtersThatSurvive: readonly Kind[] = [
  filter({ name: 'filter_continues', expected: returned }),
  filter({ name: 'filter_mends', expected: returned, remark: 'It has changed the registers.' }),
  filter({ name: 'filter_chains', expected: returned, remark: 'The filter before, ours, only says "search".' }),
  filter({ name: 'filter_jumps', expected: returned }),
  filter({ name: 'filter_executes', expected: faulted(0xe0f10002, RAISED) }),
  filter({ name: 'filter_searches', expected: faulted(0xe0f10003, RAISED) }),
  filter({ name: 'filter_faults', expected: violation('read', 0x58n), remark: 'It is not asked about its own.' }),
  filter({ name: 'filter_raises', expected: faulted(0xe0f10006, RAISED) }),
];

export const filtersThatEnd: readonly Kind[] = [filter({ name: 'filter_exits', expected: exited(48) })];

export const filtersThatHang: readonly Kind[] = [
  filter({ name: 'filter_hangs', expected: timedOut('sleeping') }),
  filter({ name: 'filter_mends_nothing', expected: timedOut('running') }),
  filter({ name: 'filter_ends_thread', expected: timedOut('exited') }),
];

export const filtersInDoubt: readonly Kind[] = [
  filter({ name: 'filter_after_overflow', expected: faulted(0xc00000fd) }),
  filter({
    name: 'filter_insists',
    expected: faulted(0xc0000025, 'ntdll.dll'),
    remark: 'Each answer raises STATUS_NONCONTINUABLE_EXCEPTION.',
  }),
  filter({
    name: 'filter_of_runtime',
    expected: faulted(0xe06d7363, RAISED),
    remark: 'Windows would end the process; the exception says more.',
  }),
];
