/*
 * msvcr120.dll/_scprintf
 * inputs: format = "%.p", argument 1 = 0
 * Microsoft's DLL, version 12.0.21005.1: result = 16
 * wine-10.0 (Debian 10.0~repack-6) (wine-10.0-x64): result = 0
 * result differs
 *
 * Build: x86_64-w64-mingw32-gcc -o _scprintf-c57945bf.exe _scprintf-c57945bf.c
 * Wine's DLL:      wine _scprintf-c57945bf.exe
 * Microsoft's DLL: WINEDLLOVERRIDES=msvcr120=n wine _scprintf-c57945bf.exe <path of msvcr120.dll>
 */
#define __USE_MINGW_ANSI_STDIO 1
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

typedef int (__cdecl *function_type)(const char *, ...);

static void put_integer(const char *name, long long value)
{
    printf("%s = %lld\n", name, value);
}

static LONG CALLBACK report_fault(EXCEPTION_POINTERS *info)
{
    DWORD code = info->ExceptionRecord->ExceptionCode;

    /* Lesser ones, and those of C++, may have a handler in the DLL. 0x80000100 is that of a function which Wine lacks. */
    if ((code < 0xc0000000 && code != 0x80000100) || code == 0xe06d7363) return EXCEPTION_CONTINUE_SEARCH;
    printf("faulted = 0x%08lX\n", code);
    fflush(stdout);
    TerminateProcess(GetCurrentProcess(), code);
    return EXCEPTION_CONTINUE_SEARCH;
}

int main(int argc, char **argv)
{
    HMODULE dll = LoadLibraryA(argc > 1 ? argv[1] : "msvcr120.dll");
    function_type function;
    int *(__cdecl *errno_of)(void);
    int error_number;
    int result;
    static char format[] = "%.p";

    if (dll == NULL)
    {
        printf("the DLL cannot be loaded: error %lu\n", GetLastError());
        return 2;
    }
    function = (function_type)(void *)GetProcAddress(dll, "_scprintf");
    errno_of = (void *)GetProcAddress(dll, "_errno");
    if (function == NULL)
    {
        printf("the function is not exported\n");
        return 2;
    }
    AddVectoredExceptionHandler(1, report_fault);
    if (errno_of != NULL) *errno_of() = 0;
    result = function(format, (uintptr_t)0ULL);
    error_number = errno_of != NULL ? *errno_of() : 0;
    put_integer("result", result);
    printf("errno = %d\n", error_number);
    return 0;
}
