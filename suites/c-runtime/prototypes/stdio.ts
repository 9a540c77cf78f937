// stdio.h: formatting in memory

/** Exported by name until Visual Studio 2013. */
export const STDIO = {
  _scprintf: 'int _scprintf(const char *format, ...)',
  _scwprintf: 'int _scwprintf(const wchar_t *format, ...)',
  _snprintf: 'int _snprintf(char *buffer, size_t count, const char *format, ...)',
  _snprintf_s: 'int _snprintf_s(char *buffer, size_t size, size_t count, const char *format, ...)',
  _snwprintf: 'int _snwprintf(wchar_t *buffer, size_t count, const wchar_t *format, ...)',
  _swprintf: 'int _swprintf(wchar_t *buffer, const wchar_t *format, ...)',
  sprintf: 'int sprintf(char *buffer, const char *format, ...)',
  sscanf: 'int sscanf(const char *string, const char *format, ...)',
  swscanf: 'int swscanf(const wchar_t *string, const wchar_t *format, ...)',
} as const;

/** What headers call since Visual Studio 2015. */
export const UNIVERSAL_STDIO = {
  __stdio_common_vsprintf:
    'int __stdio_common_vsprintf(unsigned __int64 options, char *buffer, size_t count, const char *format, void *locale, va_list arguments)',
  __stdio_common_vsprintf_s:
    'int __stdio_common_vsprintf_s(unsigned __int64 options, char *buffer, size_t count, const char *format, void *locale, va_list arguments)',
  __stdio_common_vsprintf_p:
    'int __stdio_common_vsprintf_p(unsigned __int64 options, char *buffer, size_t count, const char *format, void *locale, va_list arguments)',
  __stdio_common_vsnprintf_s:
    'int __stdio_common_vsnprintf_s(unsigned __int64 options, char *buffer, size_t size, size_t count, const char *format, void *locale, va_list arguments)',
  __stdio_common_vsscanf:
    'int __stdio_common_vsscanf(unsigned __int64 options, const char *buffer, size_t count, const char *format, void *locale, va_list arguments)',
  __stdio_common_vswprintf:
    'int __stdio_common_vswprintf(unsigned __int64 options, wchar_t *buffer, size_t count, const wchar_t *format, void *locale, va_list arguments)',
  __stdio_common_vswprintf_s:
    'int __stdio_common_vswprintf_s(unsigned __int64 options, wchar_t *buffer, size_t count, const wchar_t *format, void *locale, va_list arguments)',
  __stdio_common_vswprintf_p:
    'int __stdio_common_vswprintf_p(unsigned __int64 options, wchar_t *buffer, size_t count, const wchar_t *format, void *locale, va_list arguments)',
  __stdio_common_vsnwprintf_s:
    'int __stdio_common_vsnwprintf_s(unsigned __int64 options, wchar_t *buffer, size_t size, size_t count, const wchar_t *format, void *locale, va_list arguments)',
  __stdio_common_vswscanf:
    'int __stdio_common_vswscanf(unsigned __int64 options, const wchar_t *buffer, size_t count, const wchar_t *format, void *locale, va_list arguments)',
} as const;
