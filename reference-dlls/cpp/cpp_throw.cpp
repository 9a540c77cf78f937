// C++ exceptions: one that the DLL handles itself, which must not look like a fault, and one that leaves it.

#define EXPORT extern "C" __declspec(dllexport)

static volatile bool always = true;

EXPORT int throw_and_catch() {
  try {
    if (always) throw 42;
  } catch (int value) {
    return value;
  }
  return 0;
}

EXPORT int throw_escapes() {
  if (always) throw 43;
  return 0;
}
