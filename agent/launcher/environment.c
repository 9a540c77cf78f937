#include "launcher.h"

/* Copies the environment of this process, with its nulls, and returns how many characters that takes. Too small a room gets none. */
EXPORT DWORD own_environment(WCHAR *copy, DWORD room) {
  WCHAR *const block = GetEnvironmentStringsW();
  if (!block) return 0;
  const WCHAR *end = block;
  while (*end) end += lstrlenW(end) + 1;
  const DWORD length = (DWORD)(end - block) + 1;
  if (length <= room) CopyMemory(copy, block, length * sizeof *copy);
  FreeEnvironmentStringsW(block);
  return length;
}
