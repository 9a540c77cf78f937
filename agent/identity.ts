// What this agent is, for the host's handshake and for every result it will give.
import type { AgentIdentity } from '../protocol/messages.ts';
import type { Koffi } from './koffi-of-guest.ts';

/** `revision` is the harness's digest of the agent's files, handed over when it starts the process. */
export function identity(koffi: Koffi, revision: string): AgentIdentity {
  return {
    node: process.versions.node,
    koffi: koffi.version,
    revision,
    windows: windowsVersion(koffi),
    wine: wineVersion(koffi),
  };
}

/** RtlGetVersion is not subject to the compatibility lies that GetVersionEx tells. */
function windowsVersion(koffi: Koffi): string {
  const info = Buffer.alloc(276);
  info.writeUInt32LE(info.length, 0);
  const rtlGetVersion = koffi.load('ntdll.dll').func('int __stdcall RtlGetVersion(void *info)') as (
    info: Buffer,
  ) => number;
  rtlGetVersion(info);
  return [4, 8, 12].map((offset) => info.readUInt32LE(offset).toString()).join('.');
}

function wineVersion(koffi: Koffi): string | null {
  try {
    return (koffi.load('ntdll.dll').func('const char *wine_get_version()') as () => string)();
  } catch {
    return null; // Microsoft's ntdll has no such export.
  }
}
