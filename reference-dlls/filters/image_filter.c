// A filter as image editors load them: one function gets a record with the image and nine functions of the host, and asks for
// all else through those. Each gets a struct that lies on the filter's stack or in its own memory, with pointers to more.
#include <stdint.h>
#include <string.h>

#define EXPORT __declspec(dllexport)
#define ROW_BYTES 64

typedef struct { int32_t left, top, right, bottom; } rectangle;
typedef struct filter_record filter_record;

typedef struct { const filter_record *record; const char *stage; } abort_query;
typedef struct { int32_t done, total; const rectangle *area; const char *label; } progress_info;
typedef struct { const char *key; int32_t index; double *value; } property_query;
typedef struct { uint32_t bytes, alignment; const char *purpose; } memory_request;
typedef struct { void *memory; uint32_t bytes; } memory_block;
typedef struct { const rectangle *area; uint8_t *pixels; int32_t row_bytes, plane; } pixel_rows;
typedef struct { const uint8_t *source; uint8_t *target; int32_t count; float gamma; } color_request;
typedef struct { const filter_record *record; const rectangle *changed; int64_t sum; const char *text; } filter_report;

struct filter_record {
  int32_t version;
  rectangle area;
  int32_t planes;
  double amount;
  const uint8_t *palette;
  void *host;
  int32_t (*should_abort)(const abort_query *query);
  void (*show_progress)(const progress_info *info);
  int32_t (*get_property)(property_query *query);
  void *(*allocate)(const memory_request *request);
  int32_t (*get_rows)(pixel_rows *rows);
  int32_t (*convert)(const color_request *request);
  int32_t (*set_rows)(const pixel_rows *rows);
  void (*report)(const filter_report *report);
  void (*free)(const memory_block *block);
};

// Brightens the first row of the area. Negative results say which function of the host has failed.
EXPORT int64_t run_filter(filter_record *record) {
  static const uint8_t no_palette[256];
  const uint8_t *const palette = record->palette ? record->palette : no_palette;
  rectangle row = {record->area.left, record->area.top, record->area.right, record->area.top + 1};
  const int32_t width = row.right - row.left;
  if (record->version != 1 || width < 1 || width > ROW_BYTES) return -1;

  const abort_query query = {record, "before the first row"};
  if (record->should_abort(&query)) return -2;
  double strength = 0;
  property_query wanted = {"strength", record->planes, &strength};
  if (!record->get_property(&wanted)) return -3;
  const memory_request request = {ROW_BYTES, 16, "one row"};
  uint8_t *const result = record->allocate(&request);
  if (!result) return -4;
  uint8_t pixels[ROW_BYTES] = {0};
  pixel_rows source = {&row, pixels, ROW_BYTES, 0};
  if (!record->get_rows(&source)) return -5;
  const progress_info half = {1, 2, &row, "brighten"};
  record->show_progress(&half);
  int64_t sum = 0;
  for (int32_t i = 0; i < width; i++) {
    const double brighter = pixels[i] * (1 + strength * record->amount) + palette[pixels[i]];
    pixels[i] = brighter > 255 ? 255 : (uint8_t)brighter;
    sum += pixels[i];
  }
  const color_request conversion = {pixels, result, width, 2.2f};
  if (!record->convert(&conversion)) return -6;
  const pixel_rows target = {&row, result, ROW_BYTES, 0};
  if (!record->set_rows(&target)) return -7;
  const filter_report end = {record, &row, sum, "one row is done"};
  record->report(&end);
  const memory_block block = {result, ROW_BYTES};
  record->free(&block);
  return sum;
}
