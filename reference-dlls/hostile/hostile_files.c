// What a DLL can do to files and pipes that the host looks at: none of its own is left as it was.
#include <stdlib.h>

#include "linux_walk.h"

/* A file becomes a link to `target`, or a FIFO where that is empty. */
static int replace_file(const char *path, void *data) {
  const char *target = data;
  char name[PATH_BYTES + 16];
  if (strstr(path, ".hostile")) return 0;
  char link[PATH_BYTES];
  const intptr_t length = LINUX("readlink", path, link, sizeof link - 1);
  if (*target && length == (intptr_t)strlen(target) && memcmp(link, target, length) == 0) return 0;
  if (!*target && linux_kind(path, 0) == MODE_FIFO) return 0;
  snprintf(name, sizeof name, "%s.hostile", path);
  LINUX("unlink", name, 0, 0);
  const intptr_t made = *target ? LINUX("symlink", target, name, 0) : LINUX("mknod", name, MODE_FIFO | 0600, 0);
  if (made < 0) return 0;
  if (LINUX("rename", name, path, 0) == 0) return 1;
  LINUX("unlink", name, 0, 0);
  return 0;
}

/* How many there were. */
EXPORT int replace_files(const char *target) { return each_file(replace_file, (void *)target); }

/* A process that replaces them again and again, whatever becomes of this one. Its number. */
EXPORT int64_t keep_replacing_files(const char *target, int milliseconds) {
  const intptr_t child = LINUX("fork", 0, 0, 0);
  if (child != 0) return child;
  for (int i = 0; i < milliseconds; i += 2) {
    each_file(replace_file, (void *)target);
    linux_sleep_ms(2);
  }
  LINUX("exit_group", 0, 0, 0);
  return 0;
}

static int truncate_file(const char *path, void *data) {
  const int kind = linux_kind(path, 1);
  if (kind != MODE_FILE) return 0;
  const intptr_t file = LINUX("open", path, O_READ_WRITE | O_NO_WAIT, 0);
  if (file < 0) return 0;
  const intptr_t done = LINUX("ftruncate", file, *(int *)data, 0);
  LINUX("close", file, 0, 0);
  return done == 0;
}

/* Every file, and everything that any process has open, gets this size. How many did. */
EXPORT int truncate_everything(int bytes) {
  int done = each_descriptor(truncate_file, &bytes);
  for (int file = 3; file < 1024; file++) done += LINUX("ftruncate", file, bytes, 0) == 0;
  return done + each_file(truncate_file, &bytes);
}

static int open_for_reading(const char *path, void *data) {
  (void)data;
  const intptr_t file = LINUX("open", path, O_READ | O_NO_WAIT, 0);
  if (file < 0) return 0;
  LINUX("close", file, 0, 0);
  return 1;
}

/* How many descriptors of other processes can be opened. */
EXPORT int open_descriptors(void) { return each_descriptor(open_for_reading, NULL); }

static int open_memory(const char *path, void *data) {
  char name[PATH_BYTES];
  (void)data;
  if (path[6] < '0' || path[6] > '9' || atoi(path + 6) == LINUX("getpid", 0, 0, 0)) return 0;
  snprintf(name, sizeof name, "%s/mem", path);
  return open_for_reading(name, NULL);
}

/* How many processes' memory can be. */
EXPORT int open_memories(void) { return each_entry("/proc", open_memory, NULL); }

static char garbage[65536];

static int fill_pipe(const char *path, void *data) {
  if (linux_kind(path, 1) != MODE_FIFO) return 0;
  const intptr_t file = LINUX("open", path, O_WRITE | O_NO_WAIT, 0);
  if (file < 0) return 0;
  memset(garbage, *(int *)data, sizeof garbage);
  while (LINUX("write", file, garbage, sizeof garbage) > 0) continue;
  while (LINUX("write", file, garbage, 1) > 0) continue;
  LINUX("close", file, 0, 0);
  return 1;
}

/* Fills every pipe that any process has open with this byte. How many there were. */
EXPORT int fill_pipes(int byte) { return each_descriptor(fill_pipe, &byte); }

/* A process that keeps them full. Its number. */
EXPORT int64_t keep_filling_pipes(int byte, int milliseconds) {
  const intptr_t child = LINUX("fork", 0, 0, 0);
  if (child != 0) return child;
  for (int i = 0; i < milliseconds; i++) {
    each_descriptor(fill_pipe, &byte);
    linux_sleep_ms(1);
  }
  LINUX("exit_group", 0, 0, 0);
  return 0;
}

static int empty_pipe(const char *path, void *data) {
  (void)data;
  if (linux_kind(path, 1) != MODE_FIFO) return 0;
  const intptr_t file = LINUX("open", path, O_READ | O_NO_WAIT, 0);
  if (file < 0) return 0;
  while (LINUX("read", file, garbage, sizeof garbage) > 0) continue;
  LINUX("close", file, 0, 0);
  return 1;
}

/* Reads away what others wait for in pipes. How many pipes there were. */
EXPORT int empty_pipes(void) { return each_descriptor(empty_pipe, NULL); }

/* Writes this byte to descriptor 1 or 2. MiB that were taken. */
EXPORT int write_mebibytes(int descriptor, int byte, int mebibytes) {
  memset(garbage, byte, sizeof garbage);
  int64_t written = 0;
  while (written < (int64_t)mebibytes << 20) {
    const intptr_t n = LINUX("write", descriptor, garbage, sizeof garbage);
    if (n <= 0) break;
    written += n;
  }
  return (int)(written >> 20);
}
