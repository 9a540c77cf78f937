// Misbehaviour that ends the process.
import { ACCESS_VIOLATION, exited, faulted, type Kind } from './kind.ts';

const end = (kind: Omit<Kind, 'dll'>): Kind => ({ dll: 'faults_ends', ...kind });
const ABORT = 'abort() of every runtime exits with 3.';

export const ends: readonly Kind[] = [
  end({ name: 'exit_42', expected: exited(42) }),
  end({ name: 'exit_quickly_43', expected: exited(43) }),
  end({ name: 'exit_process_44', expected: exited(44) }),
  end({ name: 'exit_process_0', expected: exited(0), remark: 'Success, and yet no return.' }),
  end({ name: 'exit_process_wide', expected: exited(0xbeef0001), remark: 'Linux keeps 1 of it.' }),
  end({ name: 'terminate_process', expected: exited(0xc0de1234) }),
  end({ name: 'exit_on_thread', expected: exited(46) }),
  end({ name: 'crash_on_thread', expected: exited(ACCESS_VIOLATION), isRepeated: true }),
  {
    dll: 'faults_processor',
    name: 'fast_fail',
    expected: exited(0xc0000409),
    remark: 'No handler sees it, by design.',
  },
  {
    dll: 'faults_exceptions',
    name: 'fail_fast_exception',
    expected: exited(0xc0000602),
    remark: 'Measured: RaiseFailFastException gives STATUS_FAIL_FAST_EXCEPTION.',
  },
  {
    dll: 'faults_processor',
    name: 'trash_stack_pointer',
    expected: { kind: 'exited', code: null, signal: 11 },
    remark: 'Measured: Wine itself faults where it puts the exception, on the stack that is not there.',
  },
];

/** Those of C and C++ runtimes. */
export const endsOfRuntimes: readonly Kind[] = [
  end({ name: 'raise_sigsegv', expected: exited(3), remark: ABORT }),
  end({ name: 'fail_assertion', expected: exited(3), remark: ABORT }),
  end({ name: 'abort_msvcrt', expected: exited(3), needs: 'msvcrt.dll', remark: ABORT }),
  end({ name: 'abort_msvcr120', expected: exited(3), needs: 'msvcr120.dll', remark: ABORT }),
  end({ name: 'abort_ucrtbase', expected: exited(3), needs: 'ucrtbase.dll', remark: ABORT }),
  end({ name: 'pure_call', expected: exited(255), needs: 'msvcr120.dll', remark: 'Measured.' }),
  { dll: 'faults_cpp', name: 'throw_in_noexcept', expected: exited(3) },
  { dll: 'faults_cpp', name: 'terminate_cpp', expected: exited(3) },
];

/** What Wine's msvcr120 raises about arguments that make no sense. Microsoft's ends the process, with C0000409. */
export const runtimeChecks: readonly Kind[] = [
  end({ name: 'invalid_parameter', expected: faulted(0xc0000417, 'kernelbase.dll'), needs: 'msvcr120.dll' }),
  end({ name: 'copy_too_long', expected: faulted(0xc0000417, 'kernelbase.dll'), needs: 'msvcr120.dll' }),
];
