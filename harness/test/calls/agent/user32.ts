// What programs ask of windows.
import { library, struct } from '../../../agent.ts';

const WNDCLASSW = struct('WNDCLASSW', {
  style: 'unsigned',
  procedure: 'void *',
  classBytes: 'int',
  windowBytes: 'int',
  instance: 'void *',
  icon: 'void *',
  cursor: 'void *',
  background: 'void *',
  menu: 'void *',
  name: 'const wchar_t *',
});

export const user32 = library(
  'user32.dll',
  {
    registerClass: 'unsigned short __stdcall RegisterClassW(const WNDCLASSW *kind)',
    createWindow:
      'void * __stdcall CreateWindowExW(unsigned extended, const wchar_t *kind, const wchar_t *title, unsigned style, int x, int y, int width, int height, void *parent, void *menu, void *instance, void *parameter)',
    destroyWindow: 'int __stdcall DestroyWindow(void *window)',
    defaultProcedure: 'intptr_t __stdcall DefWindowProcW(void *window, unsigned message, uintptr_t w, intptr_t l)',
    post: 'int __stdcall PostMessageW(void *window, unsigned message, uintptr_t w, intptr_t l)',
    send: 'intptr_t __stdcall SendMessageW(void *window, unsigned message, uintptr_t w, intptr_t l)',
    get: 'int __stdcall GetMessageW(void *message, void *window, unsigned from, unsigned to)',
    dispatch: 'intptr_t __stdcall DispatchMessageW(const void *message)',
    isVisible: 'int __stdcall IsWindowVisible(void *window)',
    getDc: 'void * __stdcall GetDC(void *window)',
    releaseDc: 'int __stdcall ReleaseDC(void *window, void *dc)',
    messageBox: 'int __stdcall MessageBoxW(void *owner, const wchar_t *text, const wchar_t *title, unsigned type)',
  },
  { types: { WNDCLASSW } },
);
