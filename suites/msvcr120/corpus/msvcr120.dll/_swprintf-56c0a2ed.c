/*
 * msvcr120.dll/_swprintf
 * inputs: buffer = buffer of 160, format = "%.0p%0lld", argument 2 = 0, argument 3 = -1
 * Microsoft's DLL, version 12.0.21005.1: result = 18, buffer = "0000000000000000-1\0"
 * wine-10.0 (Debian 10.0~repack-6) (wine-10.0-x64): result = 2, buffer = "-1\0"
 * result differs, buffer differs at character 0
 *
 * Build: x86_64-w64-mingw32-gcc -o _swprintf-56c0a2ed.exe _swprintf-56c0a2ed.c
 * Wine's DLL:      wine _swprintf-56c0a2ed.exe
 * Microsoft's DLL: WINEDLLOVERRIDES=msvcr120=n wine _swprintf-56c0a2ed.exe <path of msvcr120.dll>
 */
#define __USE_MINGW_ANSI_STDIO 1
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

typedef int (__cdecl *function_type)(wchar_t *, const wchar_t *, ...);

static void put_integer(const char *name, long long value)
{
    printf("%s = %lld\n", name, value);
}

/* Units as a string literal; what is left of the fill at the end is not shown. */
static void put_wide_text(const char *name, const void *text, size_t units)
{
    const unsigned short *at = text;
    size_t i;

    while (units > 0 && at[units - 1] == 0xcccc) units--;
    printf("%s = L\"", name);
    for (i = 0; i < units; i++)
        printf(at[i] >= 32 && at[i] < 127 && at[i] != '"' && at[i] != '\\' ? "%c" : "\\u%04x", at[i]);
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
    static wchar_t buffer[160];
    static wchar_t format[] = L"%.0p%0lld";

    if (dll == NULL)
    {
        printf("the DLL cannot be loaded: error %lu\n", GetLastError());
        return 2;
    }
    function = (function_type)(void *)GetProcAddress(dll, "_swprintf");
    errno_of = (void *)GetProcAddress(dll, "_errno");
    if (function == NULL)
    {
        printf("the function is not exported\n");
        return 2;
    }
    AddVectoredExceptionHandler(1, report_fault);
    memset(buffer, 0xcc, sizeof buffer);
    if (errno_of != NULL) *errno_of() = 0;
    result = function(buffer, format, (uintptr_t)0ULL, -1LL);
    error_number = errno_of != NULL ? *errno_of() : 0;
    put_integer("result", result);
    put_wide_text("buffer", buffer, 160);
    printf("errno = %d\n", error_number);
    return 0;
}
