// A DLL that cannot be loaded without another one, imported.dll.
#define EXPORT __declspec(dllexport)

__declspec(dllimport) int imported_sum(int a, int b);
__declspec(dllimport) const __WCHAR_TYPE__ *imported_path(void);

EXPORT int sum_by_import(int a, int b) { return imported_sum(a, b); }
EXPORT const __WCHAR_TYPE__ *path_of_import(void) { return imported_path(); }
