// Written for koffi on Windows; only the import says dllparity. npx tsx examples/007-koffi-drop-in/new-year.ts
import koffi from 'dllparity/koffi';

const kernel32 = koffi.load('kernel32.dll');
const msvcrt = koffi.load('msvcrt.dll');

const SYSTEMTIME = koffi.struct('SYSTEMTIME', {
  wYear: 'uint16',
  wMonth: 'uint16',
  wDayOfWeek: 'uint16',
  wDay: 'uint16',
  wHour: 'uint16',
  wMinute: 'uint16',
  wSecond: 'uint16',
  wMilliseconds: 'uint16',
});

const FileTimeToSystemTime = kernel32.func(
  'bool __stdcall FileTimeToSystemTime(const int64_t *time, _Out_ SYSTEMTIME *system)',
);
const sprintf = msvcrt.func('int sprintf(_Out_ char *text, const char *format, ...)');
koffi.proto('int SortCallback(const void *first, const void *second)');
const qsort = msvcrt.func('void qsort(_Inout_ void *items, size_t count, size_t size, SortCallback *compare)');

const time: Record<string, number> = {};
FileTimeToSystemTime([133_485_408_000_000_000n], time);

const text = ['\0'.repeat(64)];
sprintf(text, '%04d-%02d-%02d, %s', 'int', time['wYear'], 'int', time['wMonth'], 'int', time['wDay'], 'str', 'Grüße');

const names = ['pear', 'apple', 'fig'];
qsort(koffi.as(names, 'char **'), names.length, koffi.sizeof('void *'), (first: bigint, second: bigint) => {
  const [a, b] = [koffi.decode(first, 'char *') as string, koffi.decode(second, 'char *') as string];
  return a.localeCompare(b);
});

console.log(`${text[0] ?? ''}: ${names.join(', ')} (${koffi.sizeof(SYSTEMTIME)} bytes)`);
