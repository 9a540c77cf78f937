// What Microsoft's code asks the system while it is recorded, Wine answers: then the outcome is no evidence of what Windows does.
// These functions are the exception. Whatever system gives memory, locks or a place to keep a pointer, the outcome is the same.

/** Of kernel32.dll, as Microsoft documents them. Newer DLLs import them from the API sets that stand for it. */
const INDIFFERENT = new Set([
  // Memory: which address it has is in no outcome.
  'HeapAlloc', 'HeapFree', 'HeapReAlloc', 'HeapSize', 'GetProcessHeap', 'VirtualAlloc', 'VirtualFree', 'VirtualProtect',
  // Locks: one thread alone calls.
  'InitializeCriticalSection', 'InitializeCriticalSectionEx', 'InitializeCriticalSectionAndSpinCount', 'DeleteCriticalSection',
  'EnterCriticalSection', 'LeaveCriticalSection', 'InitializeSListHead', 'InterlockedPushEntrySList', 'InterlockedPopEntrySList',
  'InterlockedFlushSList', 'AcquireSRWLockExclusive', 'ReleaseSRWLockExclusive',
  // Runs the DLL's own code once: what that asks is seen by itself.
  'InitOnceExecuteOnce',
  // What a thread keeps for itself. The harness sets the last error before each call.
  'FlsAlloc', 'FlsFree', 'FlsGetValue', 'FlsSetValue', 'TlsAlloc', 'TlsFree', 'TlsGetValue', 'TlsSetValue',
  'GetLastError', 'SetLastError', 'EncodePointer', 'DecodePointer',
  // The caller itself.
  'GetCurrentThreadId', 'GetCurrentThread', 'IsThreadAFiber', 'GetCurrentProcess', 'GetCurrentProcessId',
  // Exceptions: where a handler lies is written in the DLL.
  'RaiseException', 'RtlCaptureContext', 'RtlLookupFunctionEntry', 'RtlVirtualUnwind', 'RtlUnwind', 'RtlUnwindEx', 'RtlPcToFileHeader',
  // The end, with the code that the DLL gives.
  'ExitProcess', 'TerminateProcess',
]); // prettier-ignore

const KERNEL = /^(?:kernel32|kernelbase|api-ms-win-core-[\w-]+)\.dll$/i;

/** Of functions that were called (`KERNEL32.dll!GetACP`), those whose answer an outcome may depend on. */
export function asksSystem(called: readonly string[]): string[] {
  return called.filter((name) => {
    const [dll = '', symbol = ''] = name.split('!');
    return !(KERNEL.test(dll) && INDIFFERENT.has(symbol));
  });
}
