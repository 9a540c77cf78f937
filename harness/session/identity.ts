import type { AgentIdentity } from '../../protocol/messages.ts';
import { WireDamage } from './wire-damage.ts';

/** A version is short. */
const MAX_CHARACTERS = 200;

/** What an agent says of itself. Another one may have run in its prefix before, so it is looked at. */
export function parseIdentity(text: string): AgentIdentity {
  const found = objectIn(text);
  const word = (name: keyof AgentIdentity): string => {
    const value = found[name];
    if (typeof value === 'string' && value.length <= MAX_CHARACTERS) return value;
    throw new WireDamage('CONTROL', text.length);
  };
  return {
    node: word('node'),
    koffi: word('koffi'),
    revision: word('revision'),
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
