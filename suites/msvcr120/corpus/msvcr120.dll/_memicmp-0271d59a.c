/*
 * msvcr120.dll/_memicmp
 * inputs: buffer1 = { bytes: 61616161616161616161616161616161 }, buffer2 = { bytes: "e9616161616161616161616161616161" }, count = 1
 * Microsoft's DLL, version 12.0.21005.1: result = -136, errno = 0
 * wine-10.0 (Debian 10.0~repack-6) (wine-10.0-x64): result = -136, errno = 42
 * errno differs
 *
 * Build: x86_64-w64-mingw32-gcc -o _memicmp-0271d59a.exe _memicmp-0271d59a.c
 * Wine's DLL:      wine _memicmp-0271d59a.exe
 * Microsoft's DLL: WINEDLLOVERRIDES=msvcr120=n wine _memicmp-0271d59a.exe <path of msvcr120.dll>
 */
#define __USE_MINGW_ANSI_STDIO 1
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

typedef int (__cdecl *function_type)(const void *, const void *, size_t);

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
    static unsigned char buffer1[16] = { 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61 };
    static unsigned char buffer2[16] = { 0xe9, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61 };

    if (dll == NULL)
    {
        printf("the DLL cannot be loaded: error %lu\n", GetLastError());
        return 2;
    }
    function = (function_type)(void *)GetProcAddress(dll, "_memicmp");
    errno_of = (void *)GetProcAddress(dll, "_errno");
    if (function == NULL)
    {
        printf("the function is not exported\n");
        return 2;
    }
    AddVectoredExceptionHandler(1, report_fault);
    if (errno_of != NULL) *errno_of() = 0;
    result = function((const void *)buffer1, (const void *)buffer2, (uintptr_t)1ULL);
    error_number = errno_of != NULL ? *errno_of() : 0;
    put_integer("result", result);
    printf("errno = %d\n", error_number);
    return 0;
}
