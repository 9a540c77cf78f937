// The functions with a size that call the handler of invalid parameters

export const SECURE = {
  _itoa_s: 'errno_t _itoa_s(int value, char *string, size_t size, int radix)',
  _itow_s: 'errno_t _itow_s(int value, wchar_t *string, size_t size, int radix)',
  _ltoa_s: 'errno_t _ltoa_s(long value, char *string, size_t size, int radix)',
  _ltow_s: 'errno_t _ltow_s(long value, wchar_t *string, size_t size, int radix)',
  _ultoa_s: 'errno_t _ultoa_s(unsigned long value, char *string, size_t size, int radix)',
  _ultow_s: 'errno_t _ultow_s(unsigned long value, wchar_t *string, size_t size, int radix)',
  _i64toa_s: 'errno_t _i64toa_s(__int64 value, char *string, size_t size, int radix)',
  _i64tow_s: 'errno_t _i64tow_s(__int64 value, wchar_t *string, size_t size, int radix)',
  _ui64toa_s: 'errno_t _ui64toa_s(unsigned __int64 value, char *string, size_t size, int radix)',
  _ui64tow_s: 'errno_t _ui64tow_s(unsigned __int64 value, wchar_t *string, size_t size, int radix)',
  _gcvt_s: 'errno_t _gcvt_s(char *buffer, size_t size, double value, int digits)',
  _ecvt_s: 'errno_t _ecvt_s(char *buffer, size_t size, double value, int count, int *decimal, int *sign)',
  _fcvt_s: 'errno_t _fcvt_s(char *buffer, size_t size, double value, int count, int *decimal, int *sign)',
  strcpy_s: 'errno_t strcpy_s(char *destination, size_t size, const char *source)',
  strcat_s: 'errno_t strcat_s(char *destination, size_t size, const char *source)',
  strncat_s: 'errno_t strncat_s(char *destination, size_t size, const char *source, size_t count)',
  _strlwr_s: 'errno_t _strlwr_s(char *string, size_t size)',
  _strupr_s: 'errno_t _strupr_s(char *string, size_t size)',
  _strset_s: 'errno_t _strset_s(char *string, size_t size, int c)',
  _strnset_s: 'errno_t _strnset_s(char *string, size_t size, int c, size_t count)',
  wcscpy_s: 'errno_t wcscpy_s(wchar_t *destination, size_t size, const wchar_t *source)',
  wcscat_s: 'errno_t wcscat_s(wchar_t *destination, size_t size, const wchar_t *source)',
  wcsncat_s: 'errno_t wcsncat_s(wchar_t *destination, size_t size, const wchar_t *source, size_t count)',
  wcsncpy_s: 'errno_t wcsncpy_s(wchar_t *destination, size_t size, const wchar_t *source, size_t count)',
  _wcslwr_s: 'errno_t _wcslwr_s(wchar_t *string, size_t size)',
  _wcsupr_s: 'errno_t _wcsupr_s(wchar_t *string, size_t size)',
  _wcsset_s: 'errno_t _wcsset_s(wchar_t *string, size_t size, wchar_t c)',
  _wcsnset_s: 'errno_t _wcsnset_s(wchar_t *string, size_t size, wchar_t c, size_t count)',
  strncpy_s: 'errno_t strncpy_s(char *destination, size_t size, const char *source, size_t count)',
  memcpy_s: 'errno_t memcpy_s(void *destination, size_t size, const void *source, size_t count)',
  memmove_s: 'errno_t memmove_s(void *destination, size_t size, const void *source, size_t count)',
  wmemcpy_s: 'errno_t wmemcpy_s(wchar_t *destination, size_t size, const wchar_t *source, size_t count)',
  wmemmove_s: 'errno_t wmemmove_s(wchar_t *destination, size_t size, const wchar_t *source, size_t count)',
  strerror_s: 'errno_t strerror_s(char *buffer, size_t size, int number)',
  asctime_s: 'errno_t asctime_s(char *buffer, size_t size, const tm *time)',
  _wasctime_s: 'errno_t _wasctime_s(wchar_t *buffer, size_t size, const tm *time)',
  _makepath_s:
    'errno_t _makepath_s(char *path, size_t size, const char *drive, const char *dir, const char *fname, const char *ext)',
  _wmakepath_s:
    'errno_t _wmakepath_s(wchar_t *path, size_t size, const wchar_t *drive, const wchar_t *dir, const wchar_t *fname, const wchar_t *ext)',
  _splitpath_s:
    'errno_t _splitpath_s(const char *path, char *drive, size_t driveSize, char *dir, size_t dirSize, char *fname, size_t fnameSize, char *ext, size_t extSize)',
  _wsplitpath_s:
    'errno_t _wsplitpath_s(const wchar_t *path, wchar_t *drive, size_t driveSize, wchar_t *dir, size_t dirSize, wchar_t *fname, size_t fnameSize, wchar_t *ext, size_t extSize)',
} as const;

export const HANDLERS = {
  _set_invalid_parameter_handler:
    'void *_set_invalid_parameter_handler(void (*handler)(const wchar_t *expression, const wchar_t *function, const wchar_t *file, unsigned int line, uintptr_t reserved))',
} as const;
