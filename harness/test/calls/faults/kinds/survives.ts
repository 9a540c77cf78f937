// Misbehaviour after which the same process goes on: what remains of it is the caller's, and is put right.
import { faulted, type Kind, returned, returnedWithFpu, violation, exited } from './kind.ts';

const RAISED = 'kernelbase.dll';

const memory = (kind: Omit<Kind, 'dll'>): Kind => ({ dll: 'faults_memory', ...kind });
const processor = (kind: Omit<Kind, 'dll'>): Kind => ({ dll: 'faults_processor', ...kind });
const float = (kind: Omit<Kind, 'dll'>): Kind => ({ dll: 'faults_float', ...kind });
const exceptions = (kind: Omit<Kind, 'dll'>): Kind => ({ dll: 'faults_exceptions', ...kind });
const leftovers = (kind: Omit<Kind, 'dll'>): Kind => ({ dll: 'faults_leftovers', ...kind });

export const survivors: readonly Kind[] = [
  memory({ name: 'read_null', expected: violation('read', 0n) }),
  memory({ name: 'write_null', expected: violation('write', 0n) }),
  memory({ name: 'read_wild', expected: violation('read', 0xdeadbee0n) }),
  memory({
    name: 'read_non_canonical',
    expected: violation('read', 0xffffffffffffffffn),
    on: { ia32: violation('read', 0xfffffff0n) },
    remark: 'The processor does not tell which address it was.',
  }),
  memory({ name: 'write_past_pages', expected: violation('write') }),
  memory({ name: 'write_read_only_page', expected: violation('write') }),
  memory({ name: 'write_own_code', expected: violation('write') }),
  memory({ name: 'read_freed_page', expected: violation('read') }),
  memory({ name: 'touch_guard_page', expected: faulted(0x80000001) }),

  processor({ name: 'divide_by_zero', expected: faulted(0xc0000094) }),
  processor({
    name: 'divide_overflow',
    expected: faulted(0xc0000094),
    remark: 'Measured under Wine. Windows tells the two apart: C0000095.',
  }),
  processor({ name: 'illegal_instruction', expected: faulted(0xc000001d) }),
  processor({ name: 'halt', expected: faulted(0xc0000096) }),
  processor({ name: 'disable_interrupts', expected: faulted(0xc0000096) }),
  processor({ name: 'read_port', expected: faulted(0xc0000096) }),
  processor({ name: 'break_int3', expected: faulted(0x80000003) }),
  processor({ name: 'break_int2d', expected: faulted(0x80000003) }),
  processor({ name: 'single_step', expected: faulted(0x80000004) }),
  processor({ name: 'leave_alignment_check', expected: returned, remark: 'Wine clears the flag when it first bites.' }),
  processor({ name: 'leave_direction_flag', expected: returned }),
  processor({ name: 'trash_saved_registers', expected: returned }),
  processor({
    name: 'trash_frame_pointer',
    expected: returned,
    remark: 'The agent finds its frame without the register.',
  }),

  float({ name: 'leave_rounding_mode', expected: returnedWithFpu }),
  float({ name: 'leave_flush_to_zero', expected: returnedWithFpu }),
  float({ name: 'leave_x87_precision', expected: returnedWithFpu }),
  float({ name: 'leave_x87_unmasked', expected: returnedWithFpu }),
  float({
    name: 'leave_x87_exception',
    expected: returnedWithFpu,
    remark: 'Told to nobody: not to the next call either.',
  }),
  float({
    name: 'fill_x87_stack',
    expected: returned,
    on: { ia32: returnedWithFpu },
    remark: 'On x64 it is emptied without looking: that costs less.',
  }),
  float({ name: 'x87_divide_by_zero', expected: faulted(0xc000008e) }),
  float({
    name: 'sse_divide_by_zero',
    expected: faulted(0xc000008e),
    on: { ia32: faulted(0xc00002b5) },
    remark: 'Measured. On ia32 all exceptions of SSE are one, STATUS_FLOAT_MULTIPLE_TRAPS, as on Windows.',
  }),

  exceptions({
    name: 'raise_continuable',
    expected: faulted(0xe0001234, RAISED),
    remark: 'Nobody asks for it to be continued.',
  }),
  exceptions({ name: 'raise_noncontinuable', expected: faulted(0xe0005678, RAISED) }),
  exceptions({ name: 'raise_delphi', expected: faulted(0x0eedfade, RAISED) }),
  exceptions({ name: 'raise_float_invalid', expected: faulted(0xc0000090, RAISED) }),
  exceptions({ name: 'raise_invalid_handle', expected: faulted(0xc0000008, RAISED) }),
  exceptions({
    name: 'raise_stack_overrun',
    expected: faulted(0xc0000409, RAISED),
    remark: 'The code of fast_fail, but raised like any other.',
  }),
  exceptions({
    name: 'raise_microsoft_cpp',
    expected: faulted(0xe06d7363, RAISED),
    remark: 'Raised by hand, with a made-up record: there is no compiler of Microsoft here.',
  }),
  exceptions({
    name: 'fault_in_handler',
    expected: violation('write', 0x18n),
    remark: 'The fault of the handler is told, since nobody took that one.',
  }),

  { dll: 'faults_cpp', name: 'throw_caught', expected: returned },
  {
    dll: 'faults_cpp',
    name: 'throw_escapes',
    expected: faulted(0x20474343, RAISED),
    on: { ia32: exited(3) },
    remark: '32-bit g++ walks the stack by itself, finds no handler, and aborts.',
  },

  leftovers({ name: 'remove_exception_filter', expected: returned }),
  leftovers({ name: 'reset_error_mode', expected: returned }),
  leftovers({ name: 'change_locale', expected: returned }),
  leftovers({ name: 'change_folder', expected: returned }),
  leftovers({ name: 'change_environment', expected: returned }),
  leftovers({ name: 'fault_with_lock', expected: violation('read', 0x60n) }),
  leftovers({ name: 'fault_between_halves', expected: violation('read', 0x70n) }),
  leftovers({ name: 'write_to_stdout', expected: returned }),
];
