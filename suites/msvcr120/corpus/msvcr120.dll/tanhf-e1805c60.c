/*
 * msvcr120.dll/tanhf
 * inputs: x = 0.5
 * Microsoft's DLL, version 12.0.21005.1: result = 0.46211716532707214 (0x3eec9a9f)
 * wine-10.0 (Debian 10.0~repack-6) (wine-10.0-x64): result = 0.46211713552474976 (0x3eec9a9e)
 * result differs by 1 ulp
 *
 * Build: x86_64-w64-mingw32-gcc -o tanhf-e1805c60.exe tanhf-e1805c60.c
 * Wine's DLL:      wine tanhf-e1805c60.exe
 * Microsoft's DLL: WINEDLLOVERRIDES=msvcr120=n wine tanhf-e1805c60.exe <path of msvcr120.dll>
 */
#define __USE_MINGW_ANSI_STDIO 1
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

typedef float (__cdecl *function_type)(float);

static void put_float(const char *name, float value)
{
    unsigned int bits;

    memcpy(&bits, &value, sizeof bits);
    printf("%s = %.9g (0x%08x)\n", name, value, bits);
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
    float result;

    if (dll == NULL)
    {
        printf("the DLL cannot be loaded: error %lu\n", GetLastError());
        return 2;
    }
    function = (function_type)(void *)GetProcAddress(dll, "tanhf");
    errno_of = (void *)GetProcAddress(dll, "_errno");
    if (function == NULL)
    {
        printf("the function is not exported\n");
        return 2;
    }
    AddVectoredExceptionHandler(1, report_fault);
    if (errno_of != NULL) *errno_of() = 0;
    result = function(0.5f);
    error_number = errno_of != NULL ? *errno_of() : 0;
    put_float("result", result);
    printf("errno = %d\n", error_number);
    return 0;
}
