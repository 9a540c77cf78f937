/*
 * msvcr120.dll/sin
 * inputs: x = nan
 * Microsoft's DLL, version 12.0.21005.1: result = nan (0x7ff8000000000000), errno = 33
 * wine-10.0 (Debian 10.0~repack-6) (wine-10.0-x64): result = nan (0x7ff8000000000000), errno = 0
 * errno differs
 *
 * Build: x86_64-w64-mingw32-gcc -o sin-3224e6ca.exe sin-3224e6ca.c
 * Wine's DLL:      wine sin-3224e6ca.exe
 * Microsoft's DLL: WINEDLLOVERRIDES=msvcr120=n wine sin-3224e6ca.exe <path of msvcr120.dll>
 */
#define __USE_MINGW_ANSI_STDIO 1
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

typedef double (__cdecl *function_type)(double);

static void put_double(const char *name, double value)
{
    unsigned long long bits;

    memcpy(&bits, &value, sizeof bits);
    printf("%s = %.17g (0x%016llx)\n", name, value, bits);
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
    double result;

    if (dll == NULL)
    {
        printf("the DLL cannot be loaded: error %lu\n", GetLastError());
        return 2;
    }
    function = (function_type)(void *)GetProcAddress(dll, "sin");
    errno_of = (void *)GetProcAddress(dll, "_errno");
    if (function == NULL)
    {
        printf("the function is not exported\n");
        return 2;
    }
    AddVectoredExceptionHandler(1, report_fault);
    if (errno_of != NULL) *errno_of() = 0;
    result = function(NAN);
    error_number = errno_of != NULL ? *errno_of() : 0;
    put_double("result", result);
    printf("errno = %d\n", error_number);
    return 0;
}
