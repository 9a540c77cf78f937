// Functions that a program prints with: always the same text for the same outcome, and no address.

/** By name, what each is. A program has those that it uses, in this order. */
export const HELPERS = {
  put_integer: `static void put_integer(const char *name, long long value)
{
    printf("%s = %lld\\n", name, value);
}`,
  put_unsigned: `static void put_unsigned(const char *name, unsigned long long value)
{
    printf("%s = %llu\\n", name, value);
}`,
  put_double: `static void put_double(const char *name, double value)
{
    unsigned long long bits;

    memcpy(&bits, &value, sizeof bits);
    printf("%s = %.17g (0x%016llx)\\n", name, value, bits);
}`,
  put_float: `static void put_float(const char *name, float value)
{
    unsigned int bits;

    memcpy(&bits, &value, sizeof bits);
    printf("%s = %.9g (0x%08x)\\n", name, value, bits);
}`,
  put_text: `/* Bytes as a string literal; what is left of the fill at the end is not shown. */
static void put_text(const char *name, const void *text, size_t bytes)
{
    const unsigned char *at = text;
    size_t i;

    while (bytes > 0 && at[bytes - 1] == 0xcc) bytes--;
    printf("%s = \\"", name);
    for (i = 0; i < bytes; i++)
        printf(at[i] >= 32 && at[i] < 127 && at[i] != '"' && at[i] != '\\\\' ? "%c" : "\\\\x%02x", at[i]);
    printf("\\"\\n");
}`,
  put_wide_text: `/* Units as a string literal; what is left of the fill at the end is not shown. */
static void put_wide_text(const char *name, const void *text, size_t units)
{
    const unsigned short *at = text;
    size_t i;

    while (units > 0 && at[units - 1] == 0xcccc) units--;
    printf("%s = L\\"", name);
    for (i = 0; i < units; i++)
        printf(at[i] >= 32 && at[i] < 127 && at[i] != '"' && at[i] != '\\\\' ? "%c" : "\\\\u%04x", at[i]);
    printf("\\"\\n");
}`,
  put_place: `/* A pointer by what it points into: its address means nothing. Returns whether it leads elsewhere. */
static int put_place(const char *name, const void *place)
{
    const char *at = place;
    size_t i;

    if (at == NULL)
    {
        printf("%s = null\\n", name);
        return 0;
    }
    for (i = 0; places[i].name != NULL; i++)
    {
        if (at < (const char *)places[i].start || at > (const char *)places[i].start + places[i].bytes) continue;
        printf("%s = %s + %u\\n", name, places[i].name, (unsigned int)(at - (const char *)places[i].start));
        return 0;
    }
    printf("%s = elsewhere\\n", name);
    return 1;
}`,
} as const;

export type Helper = keyof typeof HELPERS;

/** Says of a fault what it was, and ends. */
export const REPORT_FAULT = `static LONG CALLBACK report_fault(EXCEPTION_POINTERS *info)
{
    DWORD code = info->ExceptionRecord->ExceptionCode;

    /* Lesser ones, and those of C++, may have a handler in the DLL. 0x80000100 is that of a function which Wine lacks. */
    if ((code < 0xc0000000 && code != 0x80000100) || code == 0xe06d7363) return EXCEPTION_CONTINUE_SEARCH;
    printf("faulted = 0x%08lX\\n", code);
    fflush(stdout);
    TerminateProcess(GetCurrentProcess(), code);
    return EXCEPTION_CONTINUE_SEARCH;
}`;
