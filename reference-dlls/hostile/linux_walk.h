// Walks through folders, by Linux's means.
#ifndef LINUX_WALK_H
#define LINUX_WALK_H

#include <stdio.h>

#include "linux_calls.h"

enum { PATH_BYTES = 1024, MAX_DEPTH = 12 };

typedef int (*visitor)(const char *path, void *data);

struct linux_entry {
  uint64_t inode;
  int64_t next;
  uint16_t bytes;
  uint8_t kind;
  char name[];
};

/* Calls `visit` for each entry of a folder. Returns the sum of what it returns. */
static inline int each_entry(const char *folder, visitor visit, void *data) {
  const intptr_t file = LINUX("open", folder, O_READ, 0);
  if (file < 0) return 0;
  _Alignas(8) char bytes[4096];
  char path[PATH_BYTES];
  int sum = 0;
  for (;;) {
    const intptr_t filled = LINUX("getdents64", file, bytes, sizeof bytes);
    if (filled <= 0) break;
    for (intptr_t at = 0; at < filled;) {
      const struct linux_entry *entry = (const struct linux_entry *)(bytes + at);
      at += entry->bytes;
      if (strcmp(entry->name, ".") == 0 || strcmp(entry->name, "..") == 0) continue;
      snprintf(path, sizeof path, "%s/%s", strcmp(folder, "/") ? folder : "", entry->name);
      sum += visit(path, data);
    }
  }
  LINUX("close", file, 0, 0);
  return sum;
}

struct descriptors {
  visitor visit;
  void *data;
};

static inline int visit_process(const char *path, void *data) {
  const struct descriptors *all = data;
  char folder[PATH_BYTES];
  if (path[6] < '0' || path[6] > '9') return 0;
  snprintf(folder, sizeof folder, "%s/fd", path);
  return each_entry(folder, all->visit, all->data);
}

/* Each descriptor of each process that can be seen, as /proc/<process>/fd/<descriptor>. */
static inline int each_descriptor(visitor visit, void *data) {
  struct descriptors all = {visit, data};
  return in_sandbox() ? each_entry("/proc", visit_process, &all) : 0;
}

struct tree {
  visitor visit;
  void *data;
  int depth;
};

static inline int visit_tree(const char *path, void *data) {
  static const char *const skipped[] = {"/proc", "/sys", "/dev", "/usr", "/drive_c", "/dosdevices"};
  struct tree *tree = data;
  for (unsigned i = 0; i < sizeof skipped / sizeof skipped[0]; i++)
    if (strlen(path) >= strlen(skipped[i]) && strcmp(path + strlen(path) - strlen(skipped[i]), skipped[i]) == 0) return 0;
  const int kind = linux_kind(path, 0);
  if (kind != MODE_FOLDER) return tree->visit(path, tree->data);
  if (tree->depth >= MAX_DEPTH) return 0;
  tree->depth++;
  const int sum = each_entry(path, visit_tree, tree);
  tree->depth--;
  return sum;
}

/* Each file of the sandbox that is no folder, but for the system's and those of drive C. */
static inline int each_file(visitor visit, void *data) {
  struct tree tree = {visit, data, 0};
  return in_sandbox() ? each_entry("/", visit_tree, &tree) : 0;
}

#endif
