// Structs and unions whose layout is asked for. Microsoft's rules: mingw follows them by default.
#include <stdint.h>

// Packing: the same members each time.
#define MEMBERS \
  int8_t byte; \
  int16_t word; \
  int32_t number32; \
  double number; \
  int64_t big; \
  void *pointer; \
  wchar_t letter; \
  int8_t tail;

typedef struct { MEMBERS } natural;
#pragma pack(push, 1)
typedef struct { MEMBERS } packed_1;
#pragma pack(pop)
#pragma pack(push, 2)
typedef struct { MEMBERS } packed_2;
#pragma pack(pop)
#pragma pack(push, 4)
typedef struct { MEMBERS } packed_4;
#pragma pack(pop)
#pragma pack(push, 8)
typedef struct { MEMBERS } packed_8;
#pragma pack(pop)

// Alignment of the whole.
typedef struct __attribute__((aligned(8))) { int32_t a; int8_t b; } aligned_8;
typedef struct __attribute__((aligned(16))) { int32_t a; int8_t b; } aligned_16;
typedef struct __attribute__((aligned(64))) { int8_t b; } aligned_64;
typedef struct { int8_t before; aligned_16 inside; int8_t after; } holds_aligned;
typedef struct { int8_t before; aligned_8 list[3]; } aligned_list;
typedef struct { int8_t before; int32_t number __attribute__((aligned(16))); int8_t after; } aligned_member;

// Nesting: a packed struct inside an unpacked one has its own alignment, and the other way round.
typedef struct { int16_t x; int32_t y; } inner;
#pragma pack(push, 1)
typedef struct { int8_t tag; inner inside; int64_t big; } packed_outside;
#pragma pack(pop)
typedef struct { int8_t tag; packed_1 inside; int16_t after; } packed_inside;
typedef struct { int8_t tag; inner one; inner three[3]; int8_t tail; } nested;

// Arrays.
typedef struct {
  char text[5];
  int16_t words[3];
  double numbers[2];
  int32_t grid[2][3];
  void *pointers[2];
  wchar_t wide[8];
  int8_t tail;
} arrays;
typedef struct { char text[64]; } text_only;
typedef struct { wchar_t letter; } wide_only;

// Unions.
typedef union { int32_t number; double real; char bytes[9]; inner both; } choice;
typedef union { int16_t words[3]; int8_t byte; } small_choice;
typedef struct { int8_t tag; choice value; int8_t tail; } tagged;
typedef union { int8_t byte; void *pointer; } pointer_choice;

// Flexible arrays.
typedef struct { int32_t count; int16_t values[]; } flexible_count;
typedef struct { int8_t tag; double values[]; } flexible_doubles;

// Pointers to themselves and to one another.
typedef struct node { int32_t value; struct node *next; struct node **children; } node;
typedef struct husband { int8_t age; struct wife *wife; } husband;
typedef struct wife { struct husband *husband; int8_t age; } wife;

// Enumerations, booleans, functions, and what has the pointer's width.
typedef enum { RED, GREEN, BLUE = 7 } color;
typedef struct { int8_t tag; color shade; _Bool flag; int (*function)(int); size_t size; long number; long long big; float real; } kinds;

// Bit-fields: plain, signed, wide, across units, of mixed types, beside other members, packed, in unions, and closed by width 0.
typedef struct { unsigned a : 3; unsigned b : 5; unsigned c : 24; } bits_plain;
typedef struct { int low : 5; int middle : 11; int high : 16; } bits_signed;
typedef struct { int64_t low : 40; int64_t high : 24; uint64_t more : 1; } bits_wide;
typedef struct { unsigned a : 30; unsigned b : 4; unsigned c : 30; } bits_across;
typedef struct { int8_t a : 4; int32_t b : 4; int16_t c : 4; int16_t d : 4; int8_t e : 1; } bits_mixed;
typedef struct { int a : 4; long b : 4; unsigned c : 4; unsigned long d : 20; } bits_same_size;
typedef struct { int8_t before; unsigned a : 4; int8_t between; unsigned b : 12; unsigned c : 12; int16_t after; } bits_beside;
typedef struct { unsigned a : 3; unsigned : 0; unsigned b : 3; } bits_closed;
typedef struct { int8_t a : 3; int8_t : 0; int8_t b : 3; int16_t c; } bits_closed_bytes;
typedef struct { int8_t before; int : 0; int8_t a : 3; int8_t b : 3; } bits_closed_first;
typedef struct { int8_t a : 3; int : 0; int8_t b : 3; } bits_closed_wide;
typedef struct { unsigned a : 3; int8_t : 0; unsigned b : 3; } bits_closed_narrow;
typedef struct { unsigned a : 3; unsigned : 5; unsigned b : 8; } bits_gap;
typedef struct { unsigned a : 3; int8_t : 4; unsigned b : 8; } bits_gap_narrow;
typedef struct { unsigned a : 32; unsigned b : 1; uint8_t c : 8; uint8_t d : 8; } bits_full;
typedef struct { _Bool a : 1; _Bool b : 1; unsigned c : 2; } bits_bool;
typedef struct { int64_t a : 33; int32_t b : 20; int32_t c : 12; uint16_t d : 16; } bits_shrinking;
typedef struct { int8_t a : 8; int8_t b : 8; int16_t c; int8_t d : 2; } bits_whole_bytes;
typedef union { unsigned a : 3; int32_t b : 20; uint8_t c : 1; int64_t whole; } bits_choice;
typedef struct { int8_t tag; bits_plain inside; bits_across list[2]; } bits_nested;
#pragma pack(push, 1)
typedef struct { int8_t a : 4; int32_t b : 20; int16_t c : 9; int64_t d : 33; int8_t tail; } bits_packed_1;
#pragma pack(pop)
#pragma pack(push, 2)
typedef struct { int8_t a : 4; int32_t b : 20; int16_t c : 9; int64_t d : 33; int8_t tail; } bits_packed_2;
#pragma pack(pop)
