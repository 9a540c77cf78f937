/*
 * msvcr120.dll/_snprintf
 * inputs: buffer = buffer of 64, count = 64, format = "%a", argument 3 = 1
 * Microsoft's DLL, version 12.0.21005.1: result = 13, buffer = "0x1.000000p+0\0"
 * wine-10.0 (Debian 10.0~repack-6) (wine-10.0-x64): result = 20, buffer = "0x1.0000000000000p+0\0"
 * result differs, buffer differs at character 10
 *
 * Build: x86_64-w64-mingw32-gcc -o _snprintf-458a13b0.exe _snprintf-458a13b0.c
 * Wine's DLL:      wine _snprintf-458a13b0.exe
 * Microsoft's DLL: WINEDLLOVERRIDES=msvcr120=n wine _snprintf-458a13b0.exe <path of msvcr120.dll>
 */
#define __USE_MINGW_ANSI_STDIO 1
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

typedef int (__cdecl *function_type)(char *, size_t, const char *, ...);

static void put_integer(const char *name, long long value)
{
    printf("%s = %lld\n", name, value);
}

/* Bytes as a string literal; what is left of the fill at the end is not shown. */
static void put_text(const char *name, const void *text, size_t bytes)
{
    const unsigned char *at = text;
    size_t i;

    while (bytes > 0 && at[bytes - 1] == 0xcc) bytes--;
    printf("%s = \"", name);
    for (i = 0; i < bytes; i++)
        printf(at[i] >= 32 && at[i] < 127 && at[i] != '"' && at[i] != '\\' ? "%c" : "\\x%02x", at[i]);
    printf("\"\n");
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
    static char buffer[64];
    static char format[] = "%a";

    if (dll == NULL)
    {
        printf("the DLL cannot be loaded: error %lu\n", GetLastError());
        return 2;
    }
    function = (function_type)(void *)GetProcAddress(dll, "_snprintf");
    errno_of = (void *)GetProcAddress(dll, "_errno");
    if (function == NULL)
    {
        printf("the function is not exported\n");
        return 2;
    }
    AddVectoredExceptionHandler(1, report_fault);
    memset(buffer, 0xcc, sizeof buffer);
    if (errno_of != NULL) *errno_of() = 0;
    result = function(buffer, (uintptr_t)64ULL, format, 1.0);
    error_number = errno_of != NULL ? *errno_of() : 0;
    put_integer("result", result);
    put_text("buffer", buffer, 64);
    printf("errno = %d\n", error_number);
    return 0;
}
