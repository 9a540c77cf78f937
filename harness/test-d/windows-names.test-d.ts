// What the compiler makes of the names of the Windows SDK, as its reference pages print them. `tsc` checks this file.
import { type Agent, as, library, type Pointer, type PointerLike } from 'dllparity';

declare const agent: Agent;

const windows = agent.load(
  library('windows.dll', {
    now: 'void GetSystemTimeAsFileTime([out] LPFILETIME lpSystemTimeAsFileTime)',
    compare: 'LONG CompareFileTime([in] const FILETIME *a, [in] PFILETIME b)',
    widen: `int MultiByteToWideChar(
      [in]            UINT                              CodePage,
      [in]            DWORD                             dwFlags,
      [in]            _In_NLS_string_(cbMultiByte)LPCCH lpMultiByteStr,
      [in]            int                               cbMultiByte,
      [out, optional] LPWSTR                            lpWideCharStr,
      [in]            int                               cchWideChar
    );`,
    token: 'BOOL OpenProcessToken([in] HANDLE process, [in] DWORD access, [out] PHANDLE token)',
    pipe: 'BOOL CreatePipe([out] HANDLE *read, [out] LPHANDLE write, LPSECURITY_ATTRIBUTES attributes, DWORD size)',
    join: 'int join(LPCSTR *names, LPCWSTR wide[], int count)',
    times: 'int times(LPFILETIME *all)',
    walk: 'int walk(int (CALLBACK *each)(LPRECT area, HWND window))',
    area: 'LPRECT area(void)',
    count: 'int count(LPDWORD n, PDWORD64 all)',
    create: 'HRESULT create(REFIID iid, LPVOID *object)',
    fill: 'void fill(LPVOID memory)',
  }),
);

const time = { dwLowDateTime: 0 };
windows.now(time);
windows.now(null);
windows.compare({}, [{ dwHighDateTime: 1 }]);
// @ts-expect-error the member does not exist
windows.now({ dwMiddleDateTime: 0 });
// @ts-expect-error no text stands for a struct
windows.now('now');
windows.widen(65001, 0, 'text', -1, null, 0);
// @ts-expect-error a number is wanted
windows.widen('utf8', 0, 'text', -1, null, 0);

const place: (Pointer | null)[] = [null];
windows.token(agent.pointer(-1), 8, place);
windows.pipe(place, place, { bInheritHandle: 1 }, 0);
windows.create({ Data1: 1 }, place);
windows.times(place);
windows.join(['a', 'b'], ['a', 'b'], 2);
windows.count([0], [0n]);
windows.fill(as([1], 'int *'));
// @ts-expect-error a HANDLE is no number
windows.token(-1, 8, place);

windows.walk((area, window) => (window ? (area?.read('RECT').left ?? 0) : 0));
export const area: PointerLike | null = windows.area();

agent.pointer(16).write('FILETIME', { dwLowDateTime: 1 });
agent.pointer(16).write('char[8]', 'text');
// @ts-expect-error the member does not exist
agent.pointer(16).write('FILETIME', { dwMiddleDateTime: 1 });
// @ts-expect-error a number is wanted
agent.pointer(16).write('int', 'one');
export const lows: number[] = agent
  .pointer(16)
  .array('FILETIME', 2)
  .map(({ dwLowDateTime }) => dwLowDateTime);
