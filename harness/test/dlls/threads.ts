import { library } from 'dllparity';
import { referenceDll } from '../reference-dlls.ts';

export const threads = library(
  referenceDll('threads.dll'),
  {
    callFromThread: 'int call_from_thread(int (*callback)(int), int first, int rounds)',
    callFromNewThreads: 'int call_from_new_threads(int (*callback)(int), int threads)',
    callAtOnce: 'int call_from_threads_at_once(int (*callback)(int), int threads, int rounds)',
    callFromBoth: 'int call_from_both(int (*callback)(int), int rounds)',
    startLater: 'int start_later(int (*callback)(int), int rounds, unsigned pause)',
    laterIsDone: 'int later_is_done(void)',
    endLater: 'int end_later(void)',
    currentThread: 'unsigned current_thread(void)',
    threadOfCallback: 'unsigned thread_of_callback(void (*callback)(unsigned thread))',
    setErrorElsewhere: 'void set_error_elsewhere(unsigned error, unsigned elsewhere)',
    slow: 'int slow(int value, unsigned milliseconds)',
    slowError: 'int slow_error(unsigned error, int number, unsigned milliseconds)',
    mostAtOnce: 'int most_at_once(void)',
    openMissing: 'int open_missing_file(void)',
    waitForever: 'void wait_forever(void)',
    slowFill: 'void slow_fill(_Out_writes_(n) uint8_t *bytes, size_t n, uint8_t value, unsigned milliseconds)',
    crashOnThread: 'int crash_on_thread(void)',
    crashLater: 'int crash_later(unsigned milliseconds)',
    exitLater: 'int exit_later(unsigned milliseconds)',
    crashLaterWithFilter: 'int crash_later_with_filter(int answer, unsigned milliseconds)',
    armThreads: 'void arm_threads(void)',
    crashLaterIfArmed: 'int crash_later_if_armed(unsigned milliseconds)',
    crashLaterWith: 'int crash_later_with(const void *memory, unsigned milliseconds)',
  },
  { errno: 'error_number' },
);
