// Records of koffi_parity.dll: structs of every size, nested, packed, with arrays, counts and unions in them.

// Structs.

struct c1 { int8_t a; };
struct s2 { int16_t a; };
struct b3 { uint8_t a, b, c; };
struct i4 { int32_t a; };
struct f4 { float a; };
struct b7 { uint8_t a[7]; };
struct pair { int16_t first; int32_t second; };
struct i8x1 { int64_t a; };
struct d8 { double a; };
struct i12 { int32_t a, b, c; };
struct f3 { float x, y, z; };
struct d2 { double x, y; };
struct i24 { int64_t a, b, c; };
struct mixed { int8_t a; double b; int16_t c; float d; int64_t e; _Bool f; };

#define STRUCT(name)                                                                                                   \
  EXPORT struct name echo_##name(struct name value) { return value; }                                                  \
  EXPORT void copy_##name(const struct name *in, struct name *out) { *out = *in; }                                     \
  EXPORT struct name call_##name(struct name (*callback)(struct name), struct name value) { return callback(value); }  \
  EXPORT int sizeof_##name(void) { return (int)sizeof(struct name); }
STRUCT(c1)
STRUCT(s2)
STRUCT(b3)
STRUCT(i4)
STRUCT(f4)
STRUCT(b7)
STRUCT(pair)
STRUCT(i8x1)
STRUCT(d8)
STRUCT(i12)
STRUCT(f3)
STRUCT(d2)
STRUCT(i24)
STRUCT(mixed)

#pragma pack(push, 1)
struct packed { int8_t a; int64_t b; int16_t c; double d; };
#pragma pack(pop)
STRUCT(packed)

struct aligned { int8_t a; int16_t b __attribute__((aligned(8))); };
STRUCT(aligned)

struct inner { int8_t tag; double value; };
struct outer { int32_t id; struct inner one; struct inner many[3]; char name[8]; wchar_t wide[6]; };
STRUCT(outer)
EXPORT void fill_outer(struct outer *out, int n) {
  out->id = n;
  out->one.tag = 1;
  out->one.value = 0.5 * n;
  for (int i = 0; i < 3; i++) {
    out->many[i].tag = (int8_t)(n + i);
    out->many[i].value = n * 10 + i;
  }
  strcpy(out->name, "name");
  wcscpy(out->wide, L"wide");
}
EXPORT double weigh_outer(const struct outer *value) {
  double sum = value->id + value->one.tag + value->one.value;
  for (int i = 0; i < 3; i++) sum += value->many[i].tag + value->many[i].value;
  return sum + (double)strlen(value->name) + (double)wcslen(value->wide);
}

struct texts { const char *narrow; const wchar_t *wide; void *pointer; int32_t *numbers; };
STRUCT(texts)
EXPORT int weigh_texts(const struct texts *value) {
  return (value->narrow ? (int)strlen(value->narrow) : 100) + (value->wide ? (int)wcslen(value->wide) : 1000) +
         (value->pointer ? 10000 : 0) + (value->numbers ? value->numbers[0] + value->numbers[1] : 0);
}
EXPORT void fill_texts(struct texts *out) {
  static int32_t numbers[] = {7, 8, 9};
  out->narrow = "narrow";
  out->wide = L"wide";
  out->pointer = NULL;
  out->numbers = numbers;
}

struct arrays { int8_t i8[4]; uint16_t u16[3]; float f32[2]; int64_t i64[2]; _Bool flags[3]; uint8_t raw[5]; char text[6]; };
STRUCT(arrays)
EXPORT int64_t sum_arrays(struct arrays value) {
  int64_t sum = 0;
  for (int i = 0; i < 4; i++) sum += value.i8[i];
  for (int i = 0; i < 3; i++) sum += value.u16[i] + value.flags[i] * 1000;
  for (int i = 0; i < 2; i++) sum += (int64_t)value.f32[i] + value.i64[i];
  for (int i = 0; i < 5; i++) sum += value.raw[i];
  return sum + (int64_t)strlen(value.text);
}

struct grid { int32_t cells[2][3]; };
STRUCT(grid)

struct big { int32_t head; uint8_t bytes[65536]; int32_t tail; };
EXPORT struct big make_big(int head, int step) {
  static struct big value;
  value.head = head;
  for (int i = 0; i < 65536; i++) value.bytes[i] = (uint8_t)(i * step);
  value.tail = -head;
  return value;
}
EXPORT int64_t sum_big(struct big value) {
  int64_t sum = value.head + value.tail;
  for (int i = 0; i < 65536; i++) sum += value.bytes[i];
  return sum;
}

// 256 KiB, more than a thread commits of its stack at first.
struct huge { int32_t head; uint8_t bytes[262136]; int32_t tail; };
EXPORT struct huge make_huge(int head, int step) {
  static struct huge value;
  value.head = head;
  for (int i = 0; i < (int)sizeof value.bytes; i++) value.bytes[i] = (uint8_t)(i * step);
  value.tail = -head;
  return value;
}
EXPORT int64_t sum_huge(int more, struct huge value) {
  int64_t sum = more + value.head + value.tail;
  for (int i = 0; i < (int)sizeof value.bytes; i++) sum += value.bytes[i];
  return sum;
}
EXPORT int64_t behind_huge(struct huge value, int more) { return (int64_t)value.tail * 1000 + more; }

#pragma pack(push, 1)
struct wire { uint16_t be16; uint32_t be32; uint64_t be64; uint32_t le32; };
#pragma pack(pop)
EXPORT void fill_wire(struct wire *out) {
  static const unsigned char bytes[] = {1, 2, 0xff, 2, 3, 4, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 0x84};
  memcpy(out, bytes, sizeof bytes);
}
EXPORT uint16_t raw16(uint16_t value) { return value; }
EXPORT uint32_t raw32(uint32_t value) { return value; }
EXPORT uint64_t raw64(uint64_t value) { return value; }

struct node { int32_t value; struct node *next; };
static struct node third = {30, NULL}, second = {20, &third}, first = {10, &second};
EXPORT struct node *list(void) { return &first; }
EXPORT int sum_list(const struct node *at) {
  int sum = 0;
  for (; at; at = at->next) sum += at->value;
  return sum;
}

struct flexible { int32_t count; int32_t numbers[]; };
EXPORT void append(struct flexible *value, int n, int start, int step) {
  for (int i = 0; i < n; i++) value->numbers[value->count + i] = start + i * step;
  value->count += n;
}
struct counted { int16_t count; const int32_t *numbers; };
EXPORT int64_t sum_counted(const struct counted *value) {
  int64_t sum = 0;
  for (int i = 0; i < value->count; i++) sum += value->numbers[i];
  return sum;
}
EXPORT void fill_counted(struct counted *out) {
  static const int32_t numbers[] = {5, 6, 7, 8};
  out->count = 4;
  out->numbers = numbers;
}

// Unions.

union number { int64_t i; double d; uint8_t raw[8]; };
EXPORT union number echo_number(union number value) { return value; }
EXPORT void set_int(int64_t value, union number *out) { out->i = value; }
EXPORT void set_double(double value, union number *out) { out->d = value; }
EXPORT int64_t bits_of(const union number *value) { return value->i; }
union wide { int32_t i; double pair[3]; };
EXPORT union wide echo_wide(union wide value) { return value; }
EXPORT double sum_wide(union wide value) { return value.pair[0] + value.pair[1] + value.pair[2]; }
struct tagged { int32_t kind; union number value; };
EXPORT struct tagged echo_tagged(struct tagged value) { return value; }
EXPORT double weigh_tagged(const struct tagged *value) { return value->kind ? value->value.d : (double)value->value.i; }
EXPORT int64_t call_number(int64_t (*callback)(union number), int64_t value) {
  union number number = {.i = value};
  return callback(number);
}
