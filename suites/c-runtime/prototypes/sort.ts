// stdlib.h, search.h: sorting and searching

export const SORT = {
  bsearch:
    'void *bsearch(const void *key, const void *base, size_t count, size_t size, int (*compare)(const void *key, const void *element))',
  qsort: 'void qsort(void *base, size_t count, size_t size, int (*compare)(const void *a, const void *b))',
  _lfind:
    'void *_lfind(const void *key, const void *base, unsigned int *count, unsigned int size, int (*compare)(const void *key, const void *element))',
  qsort_s:
    'void qsort_s(void *base, size_t count, size_t size, int (*compare)(void *context, const void *a, const void *b), void *context)',
  bsearch_s:
    'void *bsearch_s(const void *key, const void *base, size_t count, size_t size, int (*compare)(void *context, const void *key, const void *element), void *context)',
  _lsearch:
    'void *_lsearch(const void *key, void *base, unsigned int *count, unsigned int size, int (*compare)(const void *key, const void *element))',
} as const;
