import { WireDamage } from './wire-damage.ts';

/** The system under an agent, as the agent says. */
export interface SystemIdentity {
  /** What RtlGetVersion reports: `10.0.19043`. */
  readonly windows: string;
  /** What wine_get_version reports, or null on Windows. */
  readonly wine: string | null;
}

/** A version is short. */
const MAX_CHARACTERS = 200;

/** What an agent says first. Another one may have run in its prefix before, so it is looked at. */
export function parseIdentity(text: string): SystemIdentity {
  const found = objectIn(text);
  const word = (name: keyof SystemIdentity): string => {
    const value = found[name];
    if (typeof value === 'string' && value.length <= MAX_CHARACTERS) return value;
    throw new WireDamage('IDENTITY', text.length);
  };
  return {
    windows: word('windows'),
    wine: found['wine'] === null ? null : word('wine'),
  };
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const found: unknown = JSON.parse(text);
    return typeof found === 'object' && found !== null ? (found as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
