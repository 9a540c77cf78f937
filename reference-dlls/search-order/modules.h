/* Which variant a module is, and where the loader says that it lies. Each module is three
 * parts of a line: what it is to the one before ("-" the first, ">" it imports or loads it, "=" its `which` leads there), its variant,
 * its path. An error in hexadecimal stands in the place of a path that there is none of. */
#pragma once

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

static void put_variant(const char *relation, const struct marker *marker) {
  part();
  put(relation);
  part();
  put(marker ? marker->variant : "");
}

static void put_error(const char *relation, DWORD error) {
  put_variant(relation, NULL);
  part();
  put_number(error);
}

static HMODULE module_around(const void *address) {
  const DWORD flags = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
  HMODULE module;
  return GetModuleHandleExW(flags, address, &module) ? module : NULL;
}

static const struct marker *marker_of(HMODULE module) {
  const marker_function get = (marker_function)(void *)GetProcAddress(module, "dllparity_marker");
  return get ? get() : NULL;
}

/* Mapped, but not to be called: a data file, whose handle has marks in its low bits, an image resource, an unresolved DLL. */
static void put_mapping(HMODULE module) {
  put_variant("-", marker_in((const char *)((ULONG_PTR)module & ~(ULONG_PTR)0xffff)));
  put_path(module);
}

/* The module, the one that its `which` is forwarded to, the one that it imports or loads, and so on. */
static void put_module(HMODULE module) {
  const char *relation = "-";
  for (unsigned depth = 0; depth < 16; depth++) {
    put_variant(relation, marker_of(module));
    put_path(module);
    const FARPROC which = GetProcAddress(module, "which");
    const HMODULE there = which && marker_of(module) ? module_around((const void *)which) : NULL;
    if (there && there != module) {
      module = there;
      relation = "=";
      continue;
    }
    const dependency_function get = (dependency_function)(void *)GetProcAddress(module, "dllparity_dependency");
    const void *inside = NULL;
    DWORD error = 0;
    if (!get) return;
    get(&inside, &error);
    if (!inside && !error) return;
    relation = ">";
    module = inside ? module_around(inside) : NULL;
    if (module) continue;
    /* An import that the loader could not find leads to a function of its own making. */
    put_error(relation, error ? error : ERROR_PROC_NOT_FOUND);
    return;
  }
}

/* The module that an address lies in. */
static void put_inside(const void *address) {
  const HMODULE module = module_around(address);
  if (module) put_module(module);
  else put_error("-", ERROR_PROC_NOT_FOUND);
}

/* Calls a `which`, if it is that of a variant. */
static BOOL put_called(which_function which) {
  const HMODULE module = module_around((const void *)which);
  if (!module || !marker_of(module)) return FALSE;
  part();
  put("-");
  part();
  put(which());
  put_path(module);
  return TRUE;
}
