// zlib 1.2.13 as Debian builds it for Windows: https://www.zlib.net/manual.html
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { enumeration, library, struct } from 'dllparity';

/**
 * Folders with the DLL, one for each architecture: an agent takes the one it can load. They are copies, because the /usr of an
 * agent in Wine 10 is that of its root folder.
 */
export const folders = ['x86_64', 'i686'].map((processor) => {
  const folder = join(import.meta.dirname, '../../build/zlib', processor);
  const file = join(folder, 'zlib1.dll');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(file)) copyFileSync(`/usr/${processor}-w64-mingw32/lib/zlib1.dll`, file);
  return folder;
});

export const Code = enumeration('zlib_code', { OK: 0, STREAM_END: 1, DATA_ERROR: -3, BUF_ERROR: -5 });
export const Flush = enumeration('zlib_flush', { NO_FLUSH: 0, FINISH: 4 });

export const z_stream = struct('z_stream', {
  next_in: 'const uint8_t *',
  avail_in: 'unsigned',
  total_in: 'unsigned long',
  next_out: 'uint8_t *',
  avail_out: 'unsigned',
  total_out: 'unsigned long',
  msg: 'const char *',
  state: 'void *',
  zalloc: 'void *(*)(void *opaque, unsigned items, unsigned size)',
  zfree: 'void (*)(void *opaque, void *address)',
  opaque: 'void *',
  data_type: 'int',
  adler: 'unsigned long',
  reserved: 'unsigned long',
});

export const zlib = library(
  'zlib1.dll',
  {
    zlibVersion: 'const char *zlibVersion(void)',
    crc32: 'unsigned long crc32(unsigned long crc, _In_reads_(n) const uint8_t *bytes, unsigned n)',
    compressBound: 'unsigned long compressBound(unsigned long n)',
    compress:
      'int compress(_Out_writes_(*room) uint8_t *to, _Inout_ unsigned long *room, _In_reads_(n) const uint8_t *from, unsigned long n)',
    uncompress:
      'int uncompress(_Out_writes_(*room) uint8_t *to, _Inout_ unsigned long *room, _In_reads_(n) const uint8_t *from, unsigned long n)',
    // deflateInit() and inflateInit() are macros of zlib.h: these are the functions behind them.
    deflateInit: 'zlib_code deflateInit_(z_stream *stream, int level, const char *version, int stream_size)',
    deflate: 'zlib_code deflate(z_stream *stream, zlib_flush flush)',
    deflateEnd: 'zlib_code deflateEnd(z_stream *stream)',
    inflateInit: 'zlib_code inflateInit_(z_stream *stream, const char *version, int stream_size)',
    inflate: 'zlib_code inflate(z_stream *stream, zlib_flush flush)',
    inflateEnd: 'zlib_code inflateEnd(z_stream *stream)',
  },
  { types: { z_stream, zlib_code: Code, zlib_flush: Flush } },
);
