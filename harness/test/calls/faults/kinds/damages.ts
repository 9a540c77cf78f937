// Misbehaviour that leaves a process behind which nobody should go on with: the next calls may find it replaced.
import { ACCESS_VIOLATION, type Expected, faulted, type Kind, returned, violation } from './kind.ts';

const memory = (kind: Omit<Kind, 'dll'>): Kind => ({ dll: 'faults_memory', ...kind });
const processor = (kind: Omit<Kind, 'dll'>): Kind => ({ dll: 'faults_processor', ...kind });
const leftovers = (kind: Omit<Kind, 'dll'>): Kind => ({ dll: 'faults_leftovers', ...kind });

const inTheHeap: Expected = { kind: 'faulted', code: ACCESS_VIOLATION, access: 'any', module: 'ntdll.dll' };
const NOT_NOTICED = 'Measured: Wine’s heap looks away. Windows ends the process with C0000374.';

export const damages: readonly Kind[] = [
  memory({ name: 'execute_null', expected: violation('execute', 0n, null) }),
  memory({ name: 'execute_unmapped', expected: violation('execute', 0x12340n, null) }),
  memory({ name: 'execute_data', expected: violation('execute', undefined, null) }),
  memory({ name: 'overflow_stack', expected: faulted(0xc00000fd) }),
  memory({ name: 'huge_frame', expected: faulted(0xc00000fd), remark: 'The compiler probes it page by page.' }),
  memory({ name: 'free_twice', expected: returned, remark: NOT_NOTICED }),
  memory({ name: 'free_stack_pointer', expected: returned, remark: NOT_NOTICED }),
  memory({
    name: 'free_wild_pointer',
    expected: inTheHeap,
    on: { 'wine-8.0-x64': returned },
    remark: 'Measured: only Wine 8 looks away.',
  }),
  memory({ name: 'overrun_process_heap', expected: inTheHeap, remark: 'With ntdll’s lock held.' }),
  memory({ name: 'overrun_own_heap', expected: inTheHeap }),
  processor({
    name: 'break_debug',
    expected: faulted(0x80000003, 'ntdll.dll'),
    remark: 'The instruction lies in ntdll, which is no good sign.',
  }),
  processor({ name: 'smash_return_address', expected: violation('execute', 0x41414140n, null) }),
  {
    dll: 'faults_ends',
    name: 'print_percent_n',
    expected: faulted(0xc0000417, 'kernelbase.dll'),
    needs: 'msvcr120.dll',
    remark: 'The lock of stdout stays held: another thread that prints waits for ever.',
  },
  {
    dll: 'faults_unload',
    name: 'free_own_library',
    expected: violation('execute', undefined, null),
    remark: 'Returns to where its code was.',
  },
];

/** The call is done when the process ends, 150 ms later or as soon as somebody notices. */
export const late: readonly Kind[] = [
  leftovers({ name: 'crash_later', expected: returned }),
  leftovers({ name: 'exit_later', expected: returned }),
  leftovers({
    name: 'close_all_handles',
    expected: {
      kind: 'either',
      of: [returned, { kind: 'exited', code: 'any' }],
    },
    remark: 'Measured: threads of Node find their handles gone and abort, during the call or soon after.',
  }),
];

/** What runs on. */
export const leftBehind: readonly Kind[] = [
  leftovers({ name: 'start_child', expected: returned, remark: 'Ended with the prefix.' }),
  leftovers({ name: 'leave_thread', expected: returned }),
  leftovers({ name: 'change_priority', expected: returned }),
];
