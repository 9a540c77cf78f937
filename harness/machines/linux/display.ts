// The display that windows of DLLs are on, where the option `graphics` asks for one: what programs need to see of it, and its names.
import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { DllparityError } from '../../base/errors.ts';
import { openAuthority } from './x-authority.ts';

/** The values of the option, which are Wine's names of its drivers; it has none that is called `none`. */
export type Graphics = 'null' | 'none' | 'x11' | 'wayland';

export interface Display {
  /** Variables by which programs find it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Files of this machine that programs need to see. */
  readonly files: readonly string[];
  /** Removes what was made for it, as soon as programs have it. */
  readonly release: () => void;
}

/** What is to be known to find a display. */
export interface DisplayPlace {
  readonly runtime: string;
  /** The prefix template, which has a file for each driver of its Wine. */
  readonly template: string;
  readonly sandbox: boolean;
  /** Variables: those of the option `environment` over those of this program. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

const NONE: Display = { environment: {}, files: [], release: () => undefined };

/** @throws GRAPHICS_UNAVAILABLE where there is no such display, or programs could not reach it */
export function openDisplay(graphics: Graphics, place: DisplayPlace): Display {
  if (graphics === 'null' || graphics === 'none') return NONE;
  if (!existsSync(join(place.template, 'drive_c/windows/system32', `wine${graphics}.drv`))) {
    throw unavailable(graphics, `${place.runtime} has no driver for it`, 'Choose another runtime or another display.');
  }
  return graphics === 'x11' ? openX11(place) : openWayland(place);
}

function openX11({ sandbox, variables }: DisplayPlace): Display {
  const name = wanted(variables, 'DISPLAY', 'x11', ':0');
  const number = /^(?:unix)?:(\d+)(?:\.\d+)?$/.exec(name)?.[1];
  if (number === undefined && sandbox) {
    throw unavailable(
      'x11',
      `DISPLAY is ${name}, which is reached by the network, and the sandbox has none`,
      "Start a display of this machine, for example `Xvfb :99`, or set `sandbox` to 'off'.",
    );
  }
  const socket =
    number === undefined ? undefined : requireSocket(`/tmp/.X11-unix/X${number}`, 'x11', `DISPLAY=${name}`);
  const authority = openAuthority(variables, sandbox);
  return {
    environment: { DISPLAY: name, ...(authority && { XAUTHORITY: authority.file }) },
    files: [...(socket === undefined ? [] : [socket]), ...(authority ? [authority.file] : [])],
    release: () => authority?.release(),
  };
}

function openWayland({ variables }: DisplayPlace): Display {
  const name = wanted(variables, 'WAYLAND_DISPLAY', 'wayland', 'wayland-0');
  const folder = wanted(variables, 'XDG_RUNTIME_DIR', 'wayland', '/run/user/1000');
  const socket = requireSocket(isAbsolute(name) ? name : join(folder, name), 'wayland', `WAYLAND_DISPLAY=${name}`);
  return { ...NONE, environment: { WAYLAND_DISPLAY: name, XDG_RUNTIME_DIR: folder }, files: [socket] };
}

function wanted(variables: DisplayPlace['variables'], name: string, graphics: Graphics, example: string): string {
  const value = variables[name];
  if (value !== undefined && value !== '') return value;
  throw unavailable(
    graphics,
    `${name} is not set`,
    `Set it, as \`environment: { ${name}: '${example}' }\` if need be; without a display take graphics: 'null'.`,
  );
}

function requireSocket(path: string, graphics: Graphics, named: string): string {
  if (existsSync(path)) return path;
  throw unavailable(
    graphics,
    `${named} leads to ${path}, which is not there`,
    'Start the display, or correct the variable.',
  );
}

function unavailable(graphics: Graphics, why: string, hint: string): DllparityError {
  return new DllparityError('GRAPHICS_UNAVAILABLE', { what: `the option graphics is '${graphics}', and ${why}`, hint });
}
