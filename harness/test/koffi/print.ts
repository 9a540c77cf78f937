// A program for process.wine.test.ts: prints from the DLL, names its process and leaves without cleaning up.
import koffi from '../../koffi.ts';

const msvcrt = koffi.load('msvcrt.dll');
const puts = msvcrt.func('int puts(const char *text)');
const fflush = msvcrt.func('int fflush(void *stream)');
koffi.register(() => 0, koffi.pointer(koffi.proto('int', [])));
puts(`printed by the DLL for ${process.pid.toString()}`);
fflush(null);
