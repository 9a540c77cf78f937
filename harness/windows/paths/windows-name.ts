const FORBIDDEN = /[\\:*?"<>|]|\p{Cc}/u;
const DEVICE = /^(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\..*)?$/i;

/** Bytes of a name, and of a path, on Linux (limits.h: NAME_MAX, and PATH_MAX with its end). Windows takes longer ones of either. */
const MAX_IN_NAME = 255;
const MAX_IN_PATH = 4095;

/** Why a path or a part of it is too long for this machine; nothing when none is. */
export function tooLongForUnix(path: string): string | undefined {
  const part = path.split('/').find((each) => Buffer.byteLength(each) > MAX_IN_NAME);
  if (part !== undefined) return tooLong(`the name ${part.slice(0, 20)}…`, part, MAX_IN_NAME);
  return Buffer.byteLength(path) > MAX_IN_PATH ? tooLong('it', path, MAX_IN_PATH) : undefined;
}

function tooLong(what: string, text: string, most: number): string {
  return `${what} has ${Buffer.byteLength(text).toLocaleString('en')} bytes, and ${most.toLocaleString('en')} are the most`;
}

/** Why a Unix file name cannot be written in a Windows path; nothing when it can. */
export function unfitForWindows(name: string): string | undefined {
  const character = FORBIDDEN.exec(name)?.[0];
  if (character !== undefined) return `its name contains ${JSON.stringify(character)}`;
  if (/[. ]$/.test(name)) return 'its name ends in a dot or a space, which Windows drops';
  if (DEVICE.test(name)) return `"${name}" is the name of a device on Windows`;
  return undefined;
}
