/* What this agent is, for the host's handshake and for every result it will give: JSON in IDENTITY. */
#include "agent.h"
#include "text.h"

#include <winternl.h>

NTSTATUS NTAPI RtlGetVersion(OSVERSIONINFOW *info);

#define START ((char *)share + IDENTITY)
#define END (START + IDENTITY_BYTES)

static void finish(const char *text_end) { WORD32(HEADER_IDENTITY_BYTES) = (int32_t)(text_end - START); }

/* What would need an escape is left out. */
static char *put_version(char *to, const char *version) {
  for (; *version; version++) {
    const char letter[] = {*version, 0};
    if (*version >= ' ' && *version < 127 && *version != '"' && *version != '\\') to = text_put(to, END, letter);
  }
  return to;
}

void identity_write(void) {
  /* RtlGetVersion is not subject to the compatibility lies that GetVersionEx tells. */
  OSVERSIONINFOW windows = {.dwOSVersionInfoSize = sizeof windows};
  RtlGetVersion(&windows);
  char *to = text_put(START, END, "{\"windows\":\"");
  to = text_put_number(to, END, windows.dwMajorVersion);
  to = text_put(to, END, ".");
  to = text_put_number(to, END, windows.dwMinorVersion);
  to = text_put(to, END, ".");
  to = text_put_number(to, END, windows.dwBuildNumber);
  /* Microsoft's ntdll has no such export. */
  typedef const char *(CDECL * version_function)(void);
  const version_function wine = (version_function)(void *)GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version");
  to = text_put(to, END, wine ? "\",\"wine\":\"" : "\",\"wine\":null");
  if (wine) to = text_put(put_version(to, wine()), END, "\"");
  finish(text_put(to, END, "}"));
}

void identity_write_failure(uint32_t error) {
  char *to = text_put(START, END, "its calling thread could not be started: Windows error ");
  finish(text_put_number(to, END, error));
}
