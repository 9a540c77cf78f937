// stdlib.h, wchar.h: multibyte characters, without locale

export const MULTIBYTE = {
  mbstowcs: 'size_t mbstowcs(wchar_t *destination, const char *source, size_t count)',
  wcstombs: 'size_t wcstombs(char *destination, const wchar_t *source, size_t count)',
  mbtowc: 'int mbtowc(wchar_t *c, const char *string, size_t count)',
  wctomb: 'int wctomb(char *string, wchar_t c)',
  mblen: 'int mblen(const char *string, size_t count)',
  btowc: 'wint_t btowc(int c)',
  wctob: 'int wctob(wint_t c)',
  mbrlen: 'size_t mbrlen(const char *string, size_t count, mbstate_t *state)',
  mbrtowc: 'size_t mbrtowc(wchar_t *c, const char *string, size_t count, mbstate_t *state)',
  wcrtomb: 'size_t wcrtomb(char *string, wchar_t c, mbstate_t *state)',
} as const;
