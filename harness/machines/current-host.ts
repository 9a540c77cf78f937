import type { Host } from './host.ts';
import { linux } from './linux/host.ts';

export type { Mapping, Host, Poller, ProcessState } from './host.ts';

/** This host. Only Linux has been written; macOS, FreeBSD and Windows would each be a folder beside it. */
export function currentHost(): Host {
  if (process.platform === 'linux') return linux;
  throw new Error(
    `dllparity does not run on ${process.platform} yet; write harness/machines/${process.platform}/host.ts`,
  );
}
