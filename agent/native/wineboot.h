/* Lets further processes of the prefix start.
 *
 * The first process of a prefix starts wineboot, and those that start meanwhile wait until wineboot sets an event, for two
 * minutes at most. Without Wine's services there is no wineboot, so nobody would set it.
 */
#ifndef WINEBOOT_H
#define WINEBOOT_H

#include <winternl.h>

NTSTATUS NTAPI NtCreateEvent(HANDLE *, ACCESS_MASK, OBJECT_ATTRIBUTES *, int, BOOLEAN);

/* The event stays open, and set, for as long as this process lives. On Windows nobody may make it, nor needs it. */
static inline void let_others_start(void) {
  static WCHAR name[] = L"\\KernelObjects\\__wineboot_event";
  UNICODE_STRING text = {sizeof name - sizeof(WCHAR), sizeof name, name};
  OBJECT_ATTRIBUTES attributes;
  InitializeObjectAttributes(&attributes, &text, OBJ_CASE_INSENSITIVE | OBJ_OPENIF, NULL, NULL);
  HANDLE event;
  if (NtCreateEvent(&event, EVENT_ALL_ACCESS, &attributes, 0, FALSE) >= 0) SetEvent(event);
}

#endif
