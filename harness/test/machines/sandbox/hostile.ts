// The hostile reference DLLs. What they do with Linux's system calls, Wine knows nothing of.
import { library } from '../../../agent.ts';
import { referenceDll } from '../../reference-dlls.ts';

const RAW = 'int64_t a, int64_t b, int64_t c, int64_t d, int64_t e, int64_t f';

export const hostileLinux = library(referenceDll('hostile_linux.dll'), {
  call: `int64_t linux_syscall(const char *name, ${RAW})`,
  byNumber: `int64_t linux_by_number(int64_t number, ${RAW})`,
  path: 'int64_t linux_path(const char *name, const char *path, int64_t b, int64_t c)',
  paths: 'int64_t linux_paths(const char *name, const char *first, const char *second)',
  openat: 'int64_t linux_openat(const char *path, int64_t flags)',
  read: 'int64_t linux_read(const char *path, _Out_writes_(n) uint8_t *bytes, int n)',
  write: 'int64_t linux_write(const char *path, _In_reads_(n) const uint8_t *bytes, int n)',
  fork: 'int64_t linux_fork(int milliseconds)',
  start: 'int64_t linux_start(const char *program, const char *argument, const char *second)',
  vforkStart: 'int64_t linux_vfork_start(const char *program, const char *argument, const char *second)',
  become: 'int64_t linux_become(const char *program, const char *argument, const char *second)',
  signalAll: 'int64_t linux_signal_all(int signal, int delay)',
});

export const hostileFiles = library(referenceDll('hostile_files.dll'), {
  replace: 'int replace_files(const char *target)',
  keepReplacing: 'int64_t keep_replacing_files(const char *target, int milliseconds)',
  truncate: 'int truncate_everything(int bytes)',
  openDescriptors: 'int open_descriptors(void)',
  openMemories: 'int open_memories(void)',
  fillPipes: 'int fill_pipes(int byte)',
  keepFillingPipes: 'int64_t keep_filling_pipes(int byte, int milliseconds)',
  emptyPipes: 'int empty_pipes(void)',
  write: 'int write_mebibytes(int descriptor, int byte, int mebibytes)',
});

export const hostileWire = library(referenceDll('hostile_wire.dll'), {
  size: 'int64_t wire_size(void)',
  peek: 'uint32_t peek(uint32_t offset)',
  poke: 'void poke(uint32_t offset, uint32_t value)',
  scribble: 'void scribble(uint64_t seed, uint32_t first, uint32_t end, int words)',
  keepScribbling: 'void keep_scribbling(uint64_t seed, uint32_t first, uint32_t end, int milliseconds, int pause)',
  keepCounting: 'void keep_counting(uint32_t first, uint32_t end, uint32_t value, int milliseconds, int pause)',
  hangCounting: 'void hang_counting(uint32_t first, uint32_t end, uint32_t value, int pause)',
  hangScribbling: 'int hang_scribbling(uint64_t seed, uint32_t first, uint32_t end, int pause)',
  flood: 'int flood_callbacks(int (*callback)(int))',
  floodFromThreads: 'int flood_from_threads(int (*callback)(int), int threads, int wait)',
  recurse: 'int recurse(int depth, int (*callback)(int))',
  hugeText: 'const char *huge_text(uint64_t bytes)',
});
