/*
 * msvcr120.dll/_gcvt
 * inputs: value = 0, digits = 1, buffer = buffer of 40
 * Microsoft's DLL, version 12.0.21005.1: result = buffer + 0, buffer = "0.\0\0"
 * wine-10.0 (Debian 10.0~repack-6) (wine-10.0-x64): result = buffer + 0, buffer = "0\0"
 * buffer differs at character 1
 *
 * Build: x86_64-w64-mingw32-gcc -o _gcvt-e14ab75b.exe _gcvt-e14ab75b.c
 * Wine's DLL:      wine _gcvt-e14ab75b.exe
 * Microsoft's DLL: WINEDLLOVERRIDES=msvcr120=n wine _gcvt-e14ab75b.exe <path of msvcr120.dll>
 */
#define __USE_MINGW_ANSI_STDIO 1
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

typedef char *(__cdecl *function_type)(double, int, char *);

static struct { const char *name; const void *start; size_t bytes; } places[72];

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
    char *result;
    static char buffer[40];
    places[0].name = "buffer", places[0].start = buffer, places[0].bytes = sizeof buffer;

    if (dll == NULL)
    {
        printf("the DLL cannot be loaded: error %lu\n", GetLastError());
        return 2;
    }
    function = (function_type)(void *)GetProcAddress(dll, "_gcvt");
    errno_of = (void *)GetProcAddress(dll, "_errno");
    if (function == NULL)
    {
        printf("the function is not exported\n");
        return 2;
    }
    AddVectoredExceptionHandler(1, report_fault);
    memset(buffer, 0xcc, sizeof buffer);
    if (errno_of != NULL) *errno_of() = 0;
    result = function(0.0, (int)1, buffer);
    error_number = errno_of != NULL ? *errno_of() : 0;
    if (put_place("result", result)) put_text("text of result", result, strlen((const void *)result));
    put_text("buffer", buffer, 40);
    printf("errno = %d\n", error_number);
    return 0;
}
