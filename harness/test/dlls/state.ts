import { library } from 'dllparity';
import { referenceDll } from '../reference-dlls.ts';

export const state = library(
  referenceDll('state.dll'),
  {
    setError: 'void set_error(unsigned error)',
    getError: 'unsigned get_error(void)',
    sleepZero: 'void sleep_zero(void)',
    errorAround: 'unsigned error_around(unsigned error, void (*callback)(void))',
    openMissing: 'int open_missing(void)',
    setErrno: 'int set_errno_to(int value)',
    parseNumber: 'long parse_number(const char *text)',
    fail: 'HRESULT fail(void)',
    succeed: 'HRESULT succeed(int with)',
    fromError: 'HRESULT from_error(unsigned error)',
    noMemory: 'NTSTATUS status_no_memory(void)',
    readVariable: 'unsigned read_variable(const wchar_t *name, _Out_writes_(room) wchar_t *value, unsigned room)',
    setVariable: 'int set_variable(const wchar_t *name, const wchar_t *value)',
    currentFolder: 'unsigned current_folder(_Out_writes_(room) wchar_t *folder, unsigned room)',
    enterFolder: 'int enter_folder(const wchar_t *folder)',
    callNumber: 'int call_number(void)',
    say: 'void say(const char *text, int to_stderr)',
  },
  { errno: 'error_number' },
);
