/* Short texts, put together without a C runtime. Each function writes at `to`, never at `end` or behind it, and returns where
 * the text goes on. */
#ifndef TEXT_H
#define TEXT_H

#include <stdint.h>

static inline char *text_put(char *to, const char *end, const char *text) {
  while (*text && to < end) *to++ = *text++;
  return to;
}

static inline char *text_put_number(char *to, const char *end, uint32_t number) {
  char digits[11];
  char *first = digits + sizeof digits - 1;
  *first = 0;
  do *--first = (char)('0' + number % 10);
  while (number /= 10);
  return text_put(to, end, first);
}

#endif
