/* Which variant a module is, and where the loader says that it lies. Each module is two parts of a line: variant and path. */
#pragma once

#define DATA_FILE (LOAD_LIBRARY_AS_DATAFILE | LOAD_LIBRARY_AS_DATAFILE_EXCLUSIVE)

static BOOL is_marker(const char *at) {
  for (unsigned i = 0; i < sizeof MAGIC; i++)
    if (at[i] != MAGIC[i]) return FALSE;
  return TRUE;
}

static void put_path(HMODULE module) {
  static WCHAR path[32768];
  path[0] = 0;
  GetModuleFileNameW(module, path, 32768);
  put_text(path);
}

/* Looks through all pages: where the marker lies depends on how the file is mapped. */
static const struct marker *marker_in(const char *base) {
  MEMORY_BASIC_INFORMATION region;
  const void *allocation = NULL;
  const char *at = base;
  while (VirtualQuery(at, &region, sizeof region) && (!allocation || region.AllocationBase == allocation)) {
    allocation = region.AllocationBase;
    const char *const end = (const char *)region.BaseAddress + region.RegionSize;
    const BOOL readable = region.State == MEM_COMMIT && !(region.Protect & (PAGE_NOACCESS | PAGE_GUARD));
    at = region.BaseAddress;
    for (; readable && at + sizeof(struct marker) <= end; at += 16)
      if (*at == 'd' && is_marker(at)) return (const struct marker *)at;
    at = end;
  }
  return NULL;
}

static void put_variant(const struct marker *marker) {
  part();
  put(marker ? marker->variant : "");
}

/* Mapped, but not to be called: a data file, whose handle has marks in its low bits, an image resource, an unresolved DLL. */
static void put_mapping(HMODULE module) {
  put_variant(marker_in((const char *)((ULONG_PTR)module & ~(ULONG_PTR)0xffff)));
  put_path(module);
}

/* The module, the one that it imports or loads, and so on. */
static void put_module(HMODULE module) {
  for (unsigned depth = 0; depth < 8; depth++) {
    const marker_function get_marker = (marker_function)(void *)GetProcAddress(module, "dllparity_marker");
    const dependency_function get_dependency =
        (dependency_function)(void *)GetProcAddress(module, "dllparity_dependency");
    const void *inside = NULL;
    DWORD error = 0;
    put_variant(get_marker ? get_marker() : NULL);
    put_path(module);
    if (!get_dependency) return;
    get_dependency(&inside, &error);
    if (!inside && !error) return;
    const DWORD flags = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
    if (inside && GetModuleHandleExW(flags, inside, &module)) continue;
    /* An import that the loader could not find leads to a function of its own making. */
    part();
    part();
    put_number(error ? error : ERROR_PROC_NOT_FOUND);
    return;
  }
}

/* The module that an address lies in, or the error when there is none. */
static void put_inside(const void *address) {
  HMODULE module;
  const DWORD flags = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
  if (GetModuleHandleExW(flags, address, &module)) {
    put_module(module);
    return;
  }
  part();
  part();
  put_number(ERROR_PROC_NOT_FOUND);
}

/* Calls a `which`, if it is that of a variant. */
static BOOL put_called(which_function which) {
  HMODULE module;
  const DWORD flags = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
  if (!GetModuleHandleExW(flags, (const void *)which, &module)) return FALSE;
  if (!GetProcAddress(module, "dllparity_marker")) return FALSE;
  part();
  put(which());
  put_path(module);
  return TRUE;
}
