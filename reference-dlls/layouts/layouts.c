// Where the compiler puts the members of structs and unions, as text: the harness's own layouts are compared with it. Bit-fields
// have no offset, so their bits are shown: one member is set to all ones in a struct of zeros.
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <windows.h>
#include <winternl.h>
#include "shapes.h"

#define EXPORT __declspec(dllexport)

struct fact {
  const char *type;
  const char *member; // NULL: the type itself
  size_t offset;      // of the type: its alignment
  size_t size;
  void (*set)(void *); // of bit-fields only
};

// Volatile, so that no compiler warns of what does not fit into a bit-field.
static volatile const long long all_ones = -1;

// A function that sets one bit-field.
#define SET(type, member) \
  static void set_##type##_##member(void *at) { ((type *)at)->member = all_ones; }
#include "bit_fields.h"
#undef SET

static const struct fact facts[] = {
#define TYPE(type) {#type, NULL, __alignof__(type), sizeof(type), NULL},
#define MEMBER(type, member) {#type, #member, offsetof(type, member), sizeof(((type *)0)->member), NULL},
#define FLEXIBLE(type, member) {#type, #member, offsetof(type, member), 0, NULL},
#define SET(type, member) {#type, #member, 0, sizeof(type), set_##type##_##member},
#include "facts.h"
#include "bit_fields.h"
};

static char text[1 << 16];

static int describe(const struct fact *fact, char *out, size_t room) {
  unsigned char bytes[64] = {0};
  int n;
  if (!fact->member) return snprintf(out, room, "%s size %u align %u\n", fact->type, (unsigned)fact->size, (unsigned)fact->offset);
  if (!fact->set)
    return snprintf(out, room, "%s.%s offset %u size %u\n", fact->type, fact->member, (unsigned)fact->offset, (unsigned)fact->size);
  fact->set(bytes);
  n = snprintf(out, room, "%s.%s bits ", fact->type, fact->member);
  for (size_t i = 0; i < fact->size; i++) n += snprintf(out + n, room - (size_t)n, "%02x", bytes[i]);
  return n + snprintf(out + n, room - (size_t)n, "\n");
}

// A line for each type and member: `point size 8 align 4`, `point.x offset 0 size 4`, `flags.a bits 07000000`.
EXPORT const char *layout_facts(void) {
  size_t n = 0;
  for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) n += (size_t)describe(facts + i, text + n, sizeof text - n);
  return text;
}

// What a bit-field holds, by way of its own type: sign extension is the compiler's.
EXPORT int signed_5_bits(const bits_signed *bits) { return bits->low; }
EXPORT int signed_16_bits(const bits_signed *bits) { return bits->high; }
EXPORT int64_t signed_40_bits(const bits_wide *bits) { return bits->low; }
EXPORT void set_bits(bits_plain *bits, unsigned a, unsigned b, unsigned c) {
  bits->a = a;
  bits->b = b;
  bits->c = c;
}

// Members behind a packed header, read through the packed type.
EXPORT double packed_double(const packed_1 *packed) { return packed->number; }

// A struct with a flexible array: as many values as it says, and one more.
EXPORT int flexible_sum(const flexible_count *list) {
  int sum = 0;
  for (int i = 0; i < list->count; i++) sum += list->values[i];
  return sum;
}
EXPORT void flexible_double(flexible_count *list) {
  for (int i = 0; i < list->count; i++) list->values[i] = (int16_t)(2 * list->values[i]);
}

EXPORT wchar_t wide_letter(const wide_only *only) { return only->letter; }
EXPORT void set_wide_letter(wide_only *only, wchar_t letter) { only->letter = letter; }
EXPORT unsigned guid_sum(const GUID *guid) {
  unsigned sum = guid->Data1 + guid->Data2 + guid->Data3;
  for (int i = 0; i < 8; i++) sum += guid->Data4[i];
  return sum;
}
EXPORT unsigned utf16_units(const UNICODE_STRING *string) { return string->Length / 2u; }
EXPORT wchar_t utf16_unit(const UNICODE_STRING *string, unsigned index) { return string->Buffer[index]; }

// A pair of structs that point at one another: one that lies here, and any that is passed.
static wife first_wife;
static husband first_husband = {41, &first_wife};
static wife first_wife = {&first_husband, 39};
EXPORT const husband *first_pair(void) { return &first_husband; }
EXPORT int pair_years(const husband *husband) { return husband->age + (husband->wife ? husband->wife->age : 0); }
EXPORT void pair_off(husband *husband, wife *wife) {
  husband->wife = wife;
  wife->husband = husband;
}
EXPORT int is_pair(const husband *husband) { return husband->wife && husband->wife->husband == husband; }
EXPORT void pair_birthday(husband *husband) {
  husband->age++;
  husband->wife->age++;
}
