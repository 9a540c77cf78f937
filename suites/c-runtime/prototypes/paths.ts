// stdlib.h: paths

export const PATHS = {
  _makepath: 'void _makepath(char *path, const char *drive, const char *dir, const char *fname, const char *ext)',
  _splitpath: 'void _splitpath(const char *path, char *drive, char *dir, char *fname, char *ext)',
  _wmakepath:
    'void _wmakepath(wchar_t *path, const wchar_t *drive, const wchar_t *dir, const wchar_t *fname, const wchar_t *ext)',
  _wsplitpath: 'void _wsplitpath(const wchar_t *path, wchar_t *drive, wchar_t *dir, wchar_t *fname, wchar_t *ext)',
} as const;
