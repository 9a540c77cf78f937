// A display from inside the sandbox: what Wine's driver says first to the server is heard outside, and that is all a server is here.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'dllparity';
import type { Config } from '../../../config/config.ts';
import { bootForWorker } from '../../../vitest/fixtures/test.ts';
import { user32 } from '../../calls/agent/user32.ts';
import { installation } from '../../reference-dlls.ts';

const isWine8 = installation.wineVersion.startsWith('8.');

/** What is said to a server at this socket while a window is made in the sandbox. It says nothing in return, and hangs up. */
async function heardAt(socket: string, options: Config): Promise<Buffer> {
  let heard = Buffer.alloc(0);
  const server = createServer((client) => {
    client.on('error', () => undefined);
    client.once('data', (data) => {
      heard = Buffer.concat([heard, data]);
      client.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  try {
    await using agent = await bootForWorker({ sandbox: 'required', ...options });
    // Asynchronously: the server is this program's.
    const window = await agent.load(user32).createWindow.async(0, 'STATIC', '', 0, 0, 0, 9, 9, null, null, null, null);
    expect(window).toBeNull();
    return heard;
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

describe('a display', () => {
  test('of X11 is reached, with the cookie that this machine has for it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dllparity-display-test-'));
    const number = (40_000 + (process.pid % 10_000)).toString();
    const socket = `/tmp/.X11-unix/X${number}`;
    const field = (text: string): Buffer => Buffer.concat([Buffer.from([0, text.length]), Buffer.from(text)]);
    const cookie = '0123456789abcdef';
    const authority = join(folder, 'authority');
    const entry = [
      Buffer.from([1, 0]),
      field('this-machine'),
      field(number),
      field('MIT-MAGIC-COOKIE-1'),
      field(cookie),
    ];
    writeFileSync(authority, Buffer.concat(entry));
    mkdirSync('/tmp/.X11-unix', { recursive: true, mode: 0o1777 });
    try {
      const environment = { DISPLAY: `:${number}`, XAUTHORITY: authority };
      const heard = await heardAt(socket, { graphics: 'x11', environment });
      // X Window System Protocol, "Connection Setup": byte order, protocol 11.0, then name and data of the authorization.
      expect([...heard.subarray(0, 6)]).toEqual([0x6c, 0, 11, 0, 0, 0]);
      expect(heard.toString('latin1')).toContain(cookie);
    } finally {
      rmSync(socket, { force: true });
      rmSync(folder, { recursive: true });
    }
  });

  test.skipIf(isWine8)('of Wayland is reached', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dllparity-display-test-'));
    try {
      const environment = { WAYLAND_DISPLAY: 'wayland-9', XDG_RUNTIME_DIR: folder };
      const heard = await heardAt(join(folder, 'wayland-9'), { graphics: 'wayland', environment });
      // Wayland's wire format: to object 1, wl_display, a message of 12 bytes with opcode 1, get_registry.
      expect([heard.readUInt32LE(0), heard.readUInt32LE(4)]).toEqual([1, (12 << 16) | 1]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test.runIf(isWine8)('of Wayland is refused where Wine has no driver for it', async () => {
    await expect(bootForWorker({ graphics: 'wayland' })).rejects.toMatchObject({ code: 'GRAPHICS_UNAVAILABLE' });
  });
});
