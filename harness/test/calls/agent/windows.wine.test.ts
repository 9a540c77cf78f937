// Windows of DLLs without a display: Wine's own user32.dll and gdi32.dll.
import { type Agent, describe, expect, library, type Pointer, test } from 'dllparity';
import { bootForWorker } from '../../../vitest/fixtures/test.ts';
import { user32 } from './user32.ts';

const gdi32 = library('gdi32.dll', {
  setPixel: 'unsigned __stdcall SetPixel(void *dc, int x, int y, unsigned colour)',
  getPixel: 'unsigned __stdcall GetPixel(void *dc, int x, int y)',
});

const WS_OVERLAPPEDWINDOW = 0xcf_0000;
const WS_VISIBLE = 0x1000_0000;
const WM_USER = 0x400;

function createWindow(agent: Agent, kind: string, style: number): Pointer | null {
  return agent.load(user32).createWindow(0, kind, 'title', style, 0, 0, 100, 80, null, null, null, null);
}

describe("with graphics: 'null', the default", () => {
  test('a hidden window has a procedure in TypeScript, a queue of messages and a place to draw in', ({ agent }) => {
    const user = agent.load(user32);
    const seen: number[] = [];
    const procedure = agent.callback(
      'intptr_t (__stdcall *)(void *window, unsigned message, uintptr_t w, intptr_t l)',
      (window, message, w, l) => {
        if (message < WM_USER) return user.defaultProcedure(window, message, w, l);
        seen.push(message - WM_USER, Number(w));
        return Number(w) + Number(l);
      },
    );
    const rest = {
      style: 0,
      classBytes: 0,
      windowBytes: 0,
      instance: null,
      icon: null,
      cursor: null,
      background: null,
    };
    const kind = { ...rest, procedure: procedure.pointer, menu: null, name: 'Hidden' };
    expect(user.registerClass(kind)).toBeGreaterThan(0);

    const window = createWindow(agent, 'Hidden', WS_OVERLAPPEDWINDOW);
    expect(window).not.toBeNull();
    expect(user.isVisible(window)).toBe(0);
    expect(Number(user.send(window, WM_USER + 1, 20, 22))).toBe(42);

    expect(user.post(window, WM_USER + 2, 7, 0)).not.toBe(0);
    const message = new Uint8Array(48);
    expect(user.get(message, window, WM_USER, WM_USER + 9)).toBe(1);
    user.dispatch(message);
    expect(seen).toEqual([1, 20, 2, 7]);

    const dc = user.getDc(window);
    expect(dc).not.toBeNull();
    expect(user.releaseDc(window, dc)).toBe(1);
    expect(user.destroyWindow(window)).not.toBe(0);
    procedure.release();
  });

  test('a window that is shown can be drawn in, and says what was drawn', ({ agent }) => {
    const user = agent.load(user32);
    const gdi = agent.load(gdi32);
    const window = createWindow(agent, 'STATIC', WS_OVERLAPPEDWINDOW | WS_VISIBLE);
    expect(user.isVisible(window)).not.toBe(0);
    const dc = user.getDc(window);
    gdi.setPixel(dc, 1, 1, 0x11_2233);
    expect(gdi.getPixel(dc, 1, 1)).toBe(0x11_2233);
    user.releaseDc(window, dc);
    user.destroyWindow(window);
  });
});

test("with graphics: 'none' no window can be made, and a message box fails at once", async () => {
  await using agent = await bootForWorker({ graphics: 'none' });
  expect(createWindow(agent, 'STATIC', WS_OVERLAPPEDWINDOW)).toBeNull();
  expect(agent.load(user32).messageBox(null, 'press me', 'title', 0)).toBe(-1);
});
