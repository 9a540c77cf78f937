// time.h

export const TIME = {
  asctime: 'char *asctime(const tm *time)',
  strftime: 'size_t strftime(char *string, size_t size, const char *format, const tm *time)',
  _gmtime64_s: 'errno_t _gmtime64_s(_Out_ tm *time, const __int64 *seconds)',
  _mkgmtime64: '__int64 _mkgmtime64(tm *time)',
  _wasctime: 'wchar_t *_wasctime(const tm *time)',
  _difftime64: 'double _difftime64(__int64 end, __int64 start)',
  _difftime32: 'double _difftime32(long end, long start)',
  _gmtime32_s: 'errno_t _gmtime32_s(_Out_ tm *time, const long *seconds)',
  _mkgmtime32: 'long _mkgmtime32(tm *time)',
  wcsftime: 'size_t wcsftime(wchar_t *string, size_t size, const wchar_t *format, const tm *time)',
} as const;
