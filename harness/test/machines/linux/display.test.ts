import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type DisplayPlace, type Graphics, openDisplay } from '../../../machines/linux/display.ts';
import { widened } from '../../../machines/linux/x-authority.ts';

const folder = mkdtempSync(join(tmpdir(), 'dllparity-display-test-'));
const drivers = join(folder, 'drive_c/windows/system32');
mkdirSync(drivers, { recursive: true });
writeFileSync(join(drivers, 'winex11.drv'), '');
writeFileSync(join(folder, 'socket'), '');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** As xauth writes it: family, then address, display number, name and data, each after its length. */
function cookie(family: number, address: string, data: string): Buffer {
  const number = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff]);
  const fields = [address, '7', 'MIT-MAGIC-COOKIE-1', data].flatMap((text) => [number(text.length), Buffer.from(text)]);
  return Buffer.concat([number(family), ...fields]);
}

const place = (variables: Record<string, string>, more: Partial<DisplayPlace> = {}): DisplayPlace => ({
  runtime: 'wine-8.0-x64',
  template: folder,
  sandbox: true,
  variables: { XAUTHORITY: '/there/is/none', ...variables },
  ...more,
});
const refusal = (graphics: Graphics, at: DisplayPlace): string => {
  try {
    openDisplay(graphics, at);
  } catch (error) {
    return (error as Error).message.split('\n')[0]!;
  }
  throw new Error('did not throw');
};

describe('openDisplay', () => {
  it.each(['null', 'none'] as const)('needs nothing for %s', (graphics) => {
    expect(openDisplay(graphics, place({ DISPLAY: ':1' }))).toMatchObject({ environment: {}, files: [] });
  });

  it('says what is missing', () => {
    expect([
      refusal('wayland', place({})),
      refusal('x11', place({})),
      refusal('x11', place({ DISPLAY: ':54321' })),
      refusal('x11', place({ DISPLAY: 'localhost:10.0' })),
    ]).toEqual([
      "the option graphics is 'wayland', and wine-8.0-x64 has no driver for it [GRAPHICS_UNAVAILABLE]",
      "the option graphics is 'x11', and DISPLAY is not set [GRAPHICS_UNAVAILABLE]",
      "the option graphics is 'x11', and DISPLAY=:54321 leads to /tmp/.X11-unix/X54321, which is not there [GRAPHICS_UNAVAILABLE]",
      "the option graphics is 'x11', and DISPLAY is localhost:10.0, which is reached by the network, and the sandbox has none [GRAPHICS_UNAVAILABLE]",
    ]);
  });

  it('takes a display of the network where there is no sandbox, and the cookies as they are', () => {
    const variables = { DISPLAY: 'elsewhere:10.0', XAUTHORITY: join(folder, 'socket') };
    expect(openDisplay('x11', place(variables, { sandbox: false }))).toMatchObject({
      environment: variables,
      files: [variables.XAUTHORITY],
    });
  });

  it('finds the socket of a Wayland display, by its name or its path', () => {
    writeFileSync(join(drivers, 'winewayland.drv'), '');
    for (const name of ['socket', join(folder, 'socket')]) {
      const variables = { WAYLAND_DISPLAY: name, XDG_RUNTIME_DIR: folder };
      expect(openDisplay('wayland', place(variables))).toMatchObject({
        environment: variables,
        files: [join(folder, 'socket')],
      });
    }
  });

  it('has a copy of the cookies for the sandbox, which nobody else can read, and removes it', () => {
    const authority = join(folder, 'authority');
    writeFileSync(authority, cookie(256, 'this-machine', 'secret'));
    // Without a sandbox no socket is needed, with one it has to be there: that of a display of the network is not asked for.
    const { environment, release } = openDisplay('x11', place({ DISPLAY: displayHere(), XAUTHORITY: authority }));
    const copy = environment['XAUTHORITY'] ?? '';
    expect(copy).not.toBe(authority);
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    expect(readFileSync(copy)).toEqual(cookie(0xffff, 'this-machine', 'secret'));
    release();
    expect(statSync(copy, { throwIfNoEntry: false })).toBeUndefined();
  });
});

/** A display whose socket is there, as far as a look at the file can tell. */
function displayHere(): string {
  const number = 50_000 + (process.pid % 10_000);
  const socket = `/tmp/.X11-unix/X${number.toString()}`;
  mkdirSync('/tmp/.X11-unix', { recursive: true, mode: 0o1777 });
  writeFileSync(socket, '');
  afterAll(() => {
    rmSync(socket);
  });
  return `:${number.toString()}.0`;
}

describe('cookies for the sandbox', () => {
  it('are those of local sockets, for a machine of whichever name', () => {
    const [local, wild, internet] = [
      cookie(256, 'box', 'one'),
      cookie(0xffff, '', 'two'),
      cookie(0, '\x7f\0\0\x01', 'three'),
    ];
    expect(widened(Buffer.concat([local, internet, wild]))).toEqual(
      Buffer.concat([cookie(0xffff, 'box', 'one'), cookie(0xffff, '', 'two')]),
    );
  });

  it('end where the file is cut off', () => {
    const whole = cookie(256, 'box', 'one');
    for (let bytes = 0; bytes < whole.length; bytes++) expect(widened(whole.subarray(0, bytes))).toHaveLength(0);
  });
});
