/*
 * msvcr120.dll/wcstod
 * inputs: string = "1.0000000000000001110668"
 * Microsoft's DLL, version 12.0.21005.1: result = 1 (0x3ff0000000000000), end = string + 48
 * wine-10.0 (Debian 10.0~repack-6) (wine-10.0-x64): result = 1.0000000000000002 (0x3ff0000000000001), end = string + 48
 * result differs by 1 ulp
 *
 * Build: x86_64-w64-mingw32-gcc -o wcstod-f06aee11.exe wcstod-f06aee11.c
 * Wine's DLL:      wine wcstod-f06aee11.exe
 * Microsoft's DLL: WINEDLLOVERRIDES=msvcr120=n wine wcstod-f06aee11.exe <path of msvcr120.dll>
 */
#define __USE_MINGW_ANSI_STDIO 1
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

typedef double (__cdecl *function_type)(const wchar_t *, wchar_t **);

static struct { const char *name; const void *start; size_t bytes; } places[72];

static void put_double(const char *name, double value)
{
    unsigned long long bits;

    memcpy(&bits, &value, sizeof bits);
    printf("%s = %.17g (0x%016llx)\n", name, value, bits);
}

/* A pointer by what it points into: its address means nothing. Returns whether it leads elsewhere. */
static int put_place(const char *name, const void *place)
{
    const char *at = place;
    size_t i;

    if (at == NULL)
    {
        printf("%s = null\n", name);
        return 0;
    }
    for (i = 0; places[i].name != NULL; i++)
    {
        if (at < (const char *)places[i].start || at > (const char *)places[i].start + places[i].bytes) continue;
        printf("%s = %s + %u\n", name, places[i].name, (unsigned int)(at - (const char *)places[i].start));
        return 0;
    }
    printf("%s = elsewhere\n", name);
    return 1;
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
    static wchar_t string[] = L"1.0000000000000001110668";
    static wchar_t *end[1] = { 0 };
    places[0].name = "string", places[0].start = string, places[0].bytes = sizeof string;
    places[1].name = "end", places[1].start = end, places[1].bytes = sizeof end;

    if (dll == NULL)
    {
        printf("the DLL cannot be loaded: error %lu\n", GetLastError());
        return 2;
    }
    function = (function_type)(void *)GetProcAddress(dll, "wcstod");
    errno_of = (void *)GetProcAddress(dll, "_errno");
    if (function == NULL)
    {
        printf("the function is not exported\n");
        return 2;
    }
    AddVectoredExceptionHandler(1, report_fault);
    if (errno_of != NULL) *errno_of() = 0;
    result = function(string, end);
    error_number = errno_of != NULL ? *errno_of() : 0;
    put_double("result", result);
    put_place("end", (const void *)end[0]);
    printf("errno = %d\n", error_number);
    return 0;
}
