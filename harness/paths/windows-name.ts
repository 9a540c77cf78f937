const FORBIDDEN = /[\\:*?"<>|]|\p{Cc}/u;
const DEVICE = /^(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\..*)?$/i;

/** Why a Unix file name cannot be written in a Windows path; nothing when it can. */
export function unfitForWindows(name: string): string | undefined {
  const character = FORBIDDEN.exec(name)?.[0];
  if (character !== undefined) return `its name contains ${JSON.stringify(character)}`;
  if (/[. ]$/.test(name)) return 'its name ends in a dot or a space, which Windows drops';
  if (DEVICE.test(name)) return `"${name}" is the name of a device on Windows`;
  return undefined;
}
