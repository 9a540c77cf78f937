import { library } from '../../agent.ts';
import { referenceDll } from '../reference-dlls.ts';

/** Functions from which there is no way back by the usual means. */
export const guard = library(referenceDll('guard.dll'), {
  add: 'int add(int a, int b)',
  trashAndReturn: 'void trash_registers_and_return(void)',
  trashAndFault: 'void trash_registers_and_fault(void)',
  jumpIntoData: 'void jump_into_data(void)',
  jumpTo: 'void jump_to(uintptr_t address)',
  smashStack: 'void smash_stack(int bytes)',
  faultOnOtherStack: 'int fault_on_other_stack(void)',
  unloadYourself: 'int unload_yourself(void)',
  crashInHandler: 'void crash_in_handler(void)',
  overflow: 'void overflow_then_overflow(int depth)',
  removeFilter: 'void remove_filter(void)',
  removeFilterAndFault: 'void remove_filter_and_fault_on_thread(void)',
  jumpBack: 'void jump_back(void)',
  callAndBeJumpedTo: 'int call_and_be_jumped_to(void (*callback)(void))',
  endOwnThread: 'void end_own_thread(unsigned code)',
  terminateOwnThread: 'void terminate_own_thread(unsigned code)',
  suspendOwnThread: 'int suspend_own_thread(void)',
  sleepForEver: 'int sleep_for_ever(void)',
  spinForEver: 'void spin_for_ever(void)',
  waitForEver: 'int wait_for_ever(void)',
});
