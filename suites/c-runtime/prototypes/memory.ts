// string.h, stdlib.h: memory

export const MEMORY = {
  free: 'void free(void *memory)',
  malloc: 'void *malloc(size_t size)',
  _swab: 'void _swab(const char *source, char *destination, int count)',
  memchr: 'void *memchr(const void *buffer, int c, size_t count)',
  memcmp: 'int memcmp(const void *buffer1, const void *buffer2, size_t count)',
  memcpy: 'void *memcpy(void *destination, const void *source, size_t count)',
  memmove: 'void *memmove(void *destination, const void *source, size_t count)',
  memset: 'void *memset(void *destination, int c, size_t count)',
  _memccpy: 'void *_memccpy(void *destination, const void *source, int c, size_t count)',
  _memicmp: 'int _memicmp(const void *buffer1, const void *buffer2, size_t count)',
} as const;
