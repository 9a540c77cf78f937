// A COM object by hand: IUnknown, and two interfaces of its own on one object. Reference counts can be asked for from outside.
#define COBJMACROS
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#define EXPORT __declspec(dllexport)

typedef struct { float width, height; } extent;
typedef struct { double weight; int64_t id; } record;

static const IID unknown_iid = {0x00000000, 0x0000, 0x0000, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};
static const IID counter_iid = {0x3f1a7c52, 0x8e04, 0x4b6d, {0x9a, 0x11, 0x2c, 0x5d, 0x7e, 0x80, 0x41, 0x01}};
static const IID blob_iid = {0x3f1a7c52, 0x8e04, 0x4b6d, {0x9a, 0x11, 0x2c, 0x5d, 0x7e, 0x80, 0x41, 0x02}};

typedef struct counter_interface counter_interface;
typedef struct blob_interface blob_interface;

// The methods as a C++ compiler of Microsoft has them: a struct that a method returns is written behind a pointer that follows
// `this`, whatever its size.
typedef struct {
  HRESULT(STDMETHODCALLTYPE *QueryInterface)(counter_interface *this, REFIID iid, void **object);
  ULONG(STDMETHODCALLTYPE *AddRef)(counter_interface *this);
  ULONG(STDMETHODCALLTYPE *Release)(counter_interface *this);
  int(STDMETHODCALLTYPE *Add)(counter_interface *this, int by);
  double(STDMETHODCALLTYPE *Scale)(counter_interface *this, double by);
  int64_t(STDMETHODCALLTYPE *Weigh)(counter_interface *this, int64_t a, int b, double c);
  extent *(STDMETHODCALLTYPE *GetExtent)(counter_interface *this, extent *result, float factor);
  record *(STDMETHODCALLTYPE *GetRecord)(counter_interface *this, record *result, int64_t id);
  HRESULT(STDMETHODCALLTYPE *Each)(counter_interface *this, int n, int(STDMETHODCALLTYPE *callback)(int value));
  HRESULT(STDMETHODCALLTYPE *Fail)(counter_interface *this);
} counter_methods;

typedef struct {
  HRESULT(STDMETHODCALLTYPE *QueryInterface)(blob_interface *this, REFIID iid, void **object);
  ULONG(STDMETHODCALLTYPE *AddRef)(blob_interface *this);
  ULONG(STDMETHODCALLTYPE *Release)(blob_interface *this);
  void *(STDMETHODCALLTYPE *GetBufferPointer)(blob_interface *this);
  SIZE_T(STDMETHODCALLTYPE *GetBufferSize)(blob_interface *this);
} blob_methods;

struct counter_interface {
  const counter_methods *methods;
};
struct blob_interface {
  const blob_methods *methods;
};

typedef struct {
  counter_interface counter;
  blob_interface blob;
  volatile LONG references;
  int value;
  uint8_t bytes[16];
} object;

static volatile LONG live;
EXPORT int live_objects(void) { return live; }
EXPORT int references_of(counter_interface *this) { return ((object *)this)->references; }

static object *of_blob(blob_interface *blob) { return (object *)((char *)blob - offsetof(object, blob)); }

static HRESULT query(object *self, REFIID iid, void **found) {
  if (!found) return E_POINTER;
  *found = NULL;
  if (IsEqualGUID(iid, &unknown_iid) || IsEqualGUID(iid, &counter_iid)) *found = &self->counter;
  else if (IsEqualGUID(iid, &blob_iid)) *found = &self->blob;
  else return E_NOINTERFACE;
  InterlockedIncrement(&self->references);
  return S_OK;
}
static ULONG release(object *self) {
  const LONG left = InterlockedDecrement(&self->references);
  if (left == 0) {
    InterlockedDecrement(&live);
    free(self);
  }
  return (ULONG)left;
}

static HRESULT STDMETHODCALLTYPE counter_query(counter_interface *this, REFIID iid, void **found) {
  return query((object *)this, iid, found);
}
static ULONG STDMETHODCALLTYPE counter_add_ref(counter_interface *this) {
  return (ULONG)InterlockedIncrement(&((object *)this)->references);
}
static ULONG STDMETHODCALLTYPE counter_release(counter_interface *this) { return release((object *)this); }
static int STDMETHODCALLTYPE add(counter_interface *this, int by) { return ((object *)this)->value += by; }
static double STDMETHODCALLTYPE scale(counter_interface *this, double by) { return ((object *)this)->value * by; }
static int64_t STDMETHODCALLTYPE weigh(counter_interface *this, int64_t a, int b, double c) {
  return ((object *)this)->value + 100 * a + 10000LL * b + 1000000LL * (int64_t)c;
}
static extent *STDMETHODCALLTYPE get_extent(counter_interface *this, extent *result, float factor) {
  *result = (extent){(float)((object *)this)->value * factor, factor};
  return result;
}
static record *STDMETHODCALLTYPE get_record(counter_interface *this, record *result, int64_t id) {
  *result = (record){((object *)this)->value / 2.0, id};
  return result;
}
static HRESULT STDMETHODCALLTYPE each(counter_interface *this, int n, int(STDMETHODCALLTYPE *callback)(int value)) {
  object *self = (object *)this;
  for (int i = 0; i < n; i++) self->value += callback(i);
  return n > 0 ? S_OK : S_FALSE;
}
static HRESULT STDMETHODCALLTYPE fail(counter_interface *this) {
  (void)this;
  return E_ACCESSDENIED;
}

static HRESULT STDMETHODCALLTYPE blob_query(blob_interface *this, REFIID iid, void **found) { return query(of_blob(this), iid, found); }
static ULONG STDMETHODCALLTYPE blob_add_ref(blob_interface *this) { return (ULONG)InterlockedIncrement(&of_blob(this)->references); }
static ULONG STDMETHODCALLTYPE blob_release(blob_interface *this) { return release(of_blob(this)); }
static void *STDMETHODCALLTYPE blob_pointer(blob_interface *this) { return of_blob(this)->bytes; }
static SIZE_T STDMETHODCALLTYPE blob_size(blob_interface *this) { return sizeof of_blob(this)->bytes; }

static const counter_methods counter_table = {
  counter_query, counter_add_ref, counter_release, add, scale, weigh, get_extent, get_record, each, fail,
};
static const blob_methods blob_table = {blob_query, blob_add_ref, blob_release, blob_pointer, blob_size};

EXPORT HRESULT STDMETHODCALLTYPE create_object(REFIID iid, void **found) {
  object *self = calloc(1, sizeof *self);
  if (!self) return E_OUTOFMEMORY;
  self->counter.methods = &counter_table;
  self->blob.methods = &blob_table;
  self->references = 1;
  for (int i = 0; i < 16; i++) self->bytes[i] = (uint8_t)(i * 16);
  InterlockedIncrement(&live);
  const HRESULT result = query(self, iid, found);
  release(self);
  return result;
}

// An object of the caller's, whose methods are callbacks: counts with it, and lets go of it.
EXPORT int count_with(counter_interface *theirs, int by) {
  const int result = theirs->methods->Add(theirs, by);
  return 1000 * result + (int)theirs->methods->Release(theirs);
}
