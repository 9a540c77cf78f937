/* Lines that the probe writes, each in one go. */
#pragma once

/* Numbers that stand for no call. */
enum { IMPORTS = 0xfffe, DONE = 0xffff };

static char line[1 << 17];
static DWORD used;

static void put(const char *bytes) {
  while (*bytes && used < sizeof line - 2) line[used++] = *bytes++;
}

static void put_number(ULONG_PTR value) {
  char digits[20];
  unsigned at = sizeof digits - 1;
  digits[at] = 0;
  do digits[--at] = "0123456789abcdef"[value & 15];
  while (value >>= 4);
  put(digits + at);
}

static void part(void) { put("\t"); }

/* A part with a text. */
static void put_text(const WCHAR *wide) {
  part();
  const int room = (int)(sizeof line - 2 - used);
  const int written = WideCharToMultiByte(CP_UTF8, 0, wide, -1, line + used, room, NULL, NULL);
  if (written > 0) used += (DWORD)written - 1;
}

/* What stands before it may have left a line unfinished. */
static void begin_line(unsigned index, const char *what) {
  used = 0;
  put("\n@dllparity\t");
  put_number(index);
  part();
  put(what);
}

static void end_line(void) {
  DWORD written;
  put("\n");
  WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), line, used, &written, NULL);
}

static void say_error(unsigned index) {
  const DWORD error = GetLastError();
  begin_line(index, "error");
  part();
  put_number(error);
  end_line();
}
