// Calls that never return.
import { type Kind, timedOut } from './kind.ts';

const hang = (kind: Omit<Kind, 'dll'>): Kind => ({ dll: 'faults_hangs', ...kind });

export const hangs: readonly Kind[] = [
  hang({ name: 'spin_forever', expected: timedOut('running') }),
  hang({ name: 'sleep_forever', expected: timedOut('sleeping') }),
  hang({ name: 'poll_forever', expected: timedOut('sleeping', 'running'), remark: 'Sleeps a millisecond at a time.' }),
  hang({ name: 'wait_forever', expected: timedOut('waiting') }),
  hang({ name: 'deadlock_sections', expected: timedOut('waiting') }),
  hang({ name: 'deadlock_mutexes', expected: timedOut('waiting') }),
  hang({ name: 'lock_twice', expected: timedOut('waiting') }),
  hang({ name: 'exit_thread', expected: timedOut('exited') }),
  hang({ name: 'terminate_own_thread', expected: timedOut('exited') }),
  hang({ name: 'suspend_own_thread', expected: timedOut('suspended') }),
];

/** The first window of a prefix takes longer than calls that only wait. */
export const hangsInWindows: readonly Kind[] = [
  {
    dll: 'faults_leftovers',
    name: 'show_message_box',
    expected: timedOut('waiting'),
    remark: 'As on Windows: its window is there, and nobody presses the button.',
  },
];
