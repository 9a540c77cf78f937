// Texts: UTF-8, UTF-16, UTF-32 and bytes of code pages; in, out, edited in place, in structs, in arrays, and very long.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define EXPORT __declspec(dllexport)

static int freed;
EXPORT int texts_freed(void) { return freed; }
EXPORT void free_text(void *text) {
  if (text) freed++;
  free(text);
}

// In.

EXPORT unsigned bytes_in(const char *text) { return text ? (unsigned)strlen(text) : 0xffffffffu; }
EXPORT unsigned units_in(const wchar_t *text) { return text ? (unsigned)wcslen(text) : 0xffffffffu; }
EXPORT unsigned points_in(const uint32_t *text) {
  unsigned n = 0;
  while (text[n]) n++;
  return n;
}
EXPORT uint32_t byte_at(const char *text, unsigned index) { return (uint8_t)text[index]; }
EXPORT uint32_t unit_at(const wchar_t *text, unsigned index) { return text[index]; }
// The first code point.
EXPORT uint32_t first_utf8(const char *text) {
  const uint8_t *at = (const uint8_t *)text;
  if (at[0] < 0x80) return at[0];
  if (at[0] < 0xe0) return (at[0] & 0x1fu) << 6 | (at[1] & 0x3fu);
  if (at[0] < 0xf0) return (at[0] & 0x0fu) << 12 | (at[1] & 0x3fu) << 6 | (at[2] & 0x3fu);
  return (at[0] & 7u) << 18 | (at[1] & 0x3fu) << 12 | (at[2] & 0x3fu) << 6 | (at[3] & 0x3fu);
}
EXPORT uint32_t first_utf16(const wchar_t *text) {
  if ((text[0] & 0xfc00) != 0xd800) return text[0];
  return 0x10000u + ((text[0] & 0x3ffu) << 10 | (text[1] & 0x3ffu));
}

// In place: the text keeps its length, or becomes shorter.

EXPORT int replace_char(char *text, char from, char to) {
  int n = 0;
  for (; *text; text++)
    if (*text == from) {
      *text = to;
      n++;
    }
  return n;
}
EXPORT int replace_wchar(wchar_t *text, wchar_t from, wchar_t to) {
  int n = 0;
  for (; *text; text++)
    if (*text == from) {
      *text = to;
      n++;
    }
  return n;
}
EXPORT void cut(char *text, unsigned length) {
  if (length < strlen(text)) text[length] = 0;
}

// Out: into the caller's buffer. The result is the room needed, without the NUL; too little room leaves a cut text.

static const char utf8[] = "gr\xc3\xbc\xc3\x9f" "e \xf0\x9f\x98\x80";
static const wchar_t utf16[] = L"gr\u00fc\u00df" L"e \xd83d\xde00";

EXPORT int get_text(char *buffer, int size) { return snprintf(buffer, (size_t)size, "%s", utf8); }
EXPORT unsigned get_wide(wchar_t *buffer, unsigned *size) {
  const unsigned room = *size, length = (unsigned)wcslen(utf16);
  *size = length + 1;
  if (room <= length) return 0;
  memcpy(buffer, utf16, sizeof utf16);
  return length;
}
// Not terminated, as strncpy leaves it.
EXPORT void get_without_end(char *buffer, unsigned n) { memset(buffer, 'x', n); }

// Returned.

EXPORT const char *own_utf8(void) { return utf8; }
EXPORT const wchar_t *own_utf16(void) { return utf16; }
EXPORT const uint32_t *own_utf32(void) {
  static const uint32_t text[] = {'g', 0xfc, 0x1f600, 0};
  return text;
}
EXPORT const char *own_1252(void) { return "caf\xe9 10 \x80"; }
EXPORT const char *own_gbk(void) { return "\xc4\xe3\xba\xc3"; }
EXPORT const char *no_text(void) { return NULL; }
EXPORT const wchar_t *no_wide(void) { return NULL; }
EXPORT const char *empty_text(void) { return ""; }
EXPORT const wchar_t *lone_surrogate(void) { return L"a\xd83d" L"b"; }

// Allocated by the DLL, freed by free_text.
EXPORT char *copy_text(const char *text) {
  if (!text) return NULL;
  char *result = malloc(strlen(text) + 1);
  return result ? strcpy(result, text) : NULL;
}
EXPORT wchar_t *copy_wide(const wchar_t *text) {
  if (!text) return NULL;
  wchar_t *result = malloc((wcslen(text) + 1) * sizeof *text);
  return result ? wcscpy(result, text) : NULL;
}

// The bytes as they arrive, whatever their code page.
EXPORT int copy_bytes(const char *text, uint8_t *bytes, int size) {
  const int n = (int)strlen(text);
  memcpy(bytes, text, (size_t)(n < size ? n : size));
  return n;
}

// In structs.

struct label {
  char small[5];
  char large[64];
  wchar_t wide[8];
};
EXPORT void set_label(struct label *label, const char *text) {
  snprintf(label->small, sizeof label->small, "%s", text);
  snprintf(label->large, sizeof label->large, "%s", text);
  size_t i = 0;
  for (; i < 7 && text[i]; i++) label->wide[i] = (uint8_t)text[i];
  label->wide[i] = 0;
}
// Filled to the last element, without a NUL.
EXPORT void fill_label(struct label *label) {
  memset(label->small, 's', sizeof label->small);
  memset(label->large, 'l', sizeof label->large);
  for (int i = 0; i < 8; i++) label->wide[i] = 'w';
}
EXPORT int label_bytes(const struct label *label) {
  int n = 0;
  for (; n < 64 && label->large[n]; n++) continue;
  for (int i = 0; i < 5 && label->small[i]; i++) n += 100;
  for (int i = 0; i < 8 && label->wide[i]; i++) n += 10000;
  return n;
}
EXPORT struct label make_label(const char *text) {
  struct label label;
  set_label(&label, text);
  return label;
}

struct texts {
  const char *narrow;
  const wchar_t *wide;
};
EXPORT unsigned text_lengths(const struct texts *texts) { return bytes_in(texts->narrow) + 1000 * units_in(texts->wide); }
EXPORT void set_texts(struct texts *texts) {
  texts->narrow = utf8;
  texts->wide = utf16;
}

// In arrays.

EXPORT int join(const char **texts, int n, char *out, int size) {
  int length = 0;
  out[0] = 0;
  for (int i = 0; i < n; i++)
    length += snprintf(out + length, (size_t)(size - length), "%s%s", i ? "," : "", texts[i] ? texts[i] : "(null)");
  return length;
}
EXPORT unsigned join_wide(const wchar_t *const *texts, int n, wchar_t *out) {
  unsigned length = 0;
  for (int i = 0; i < n; i++)
    for (const wchar_t *at = texts[i]; *at; at++) out[length++] = *at;
  out[length] = 0;
  return length;
}
static int by_text(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }
EXPORT void sort_texts(char **texts, int n) { qsort(texts, (size_t)n, sizeof *texts, by_text); }
static int by_wide(const void *a, const void *b) { return wcscmp(*(wchar_t *const *)a, *(wchar_t *const *)b); }
EXPORT void sort_wide(wchar_t **texts, int n) { qsort(texts, (size_t)n, sizeof *texts, by_wide); }
// In place: "one" becomes "ONE".
EXPORT void raise_texts(char *const *texts, int n) {
  for (int i = 0; i < n; i++)
    for (char *at = texts[i]; at && *at; at++)
      if (*at >= 'a' && *at <= 'z') *at = (char)(*at - 32);
}
EXPORT void cut_wide(wchar_t **texts, int n, unsigned length) {
  for (int i = 0; i < n; i++)
    if (texts[i] && length < wcslen(texts[i])) texts[i][length] = 0;
}
// Each pointer is moved behind the spaces at the start.
EXPORT void trim_texts(char **texts, int n) {
  for (int i = 0; i < n; i++)
    while (texts[i] && *texts[i] == ' ') texts[i]++;
}
// Drops a text, and puts one of the DLL's own in place of another.
EXPORT void replace_texts(char **texts, int n) {
  static char own[] = "mine";
  if (n > 0) texts[0] = NULL;
  if (n > 1) texts[1] = own;
}
struct entry {
  int key;
  char *text;
  wchar_t *wide;
};
// The texts of the first and the last change places, and all begin with '!'.
EXPORT void edit_entries(struct entry *entries, int n) {
  char *text = entries[0].text;
  entries[0].text = entries[n - 1].text;
  entries[n - 1].text = text;
  for (int i = 0; i < n; i++) {
    entries[i].text[0] = '!';
    entries[i].wide[0] = L'!';
  }
}
EXPORT void raise_entry(const struct entry *entry) { raise_texts(&entry->text, 1); }

// Several texts in a row, an empty one ends them: as the registry and environments have them.
EXPORT unsigned multi_text(char *out, unsigned size) {
  static const char all[] = "one\0two\0three\0";
  if (size >= sizeof all) memcpy(out, all, sizeof all);
  return sizeof all;
}

// Scalars.
EXPORT char next_char(char letter) { return (char)(letter + 1); }
EXPORT wchar_t next_wchar(wchar_t letter) { return (wchar_t)(letter + 1); }
