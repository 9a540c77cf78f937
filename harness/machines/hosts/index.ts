import { linux } from './linux.ts';
import type { Platform } from './platform.ts';

export type { Mapping, Platform, Poller, ProcessState, SharedPipe } from './platform.ts';

/** The platform of this host. Only Linux has been written; macOS, FreeBSD and Windows are a file each beside it. */
export function currentPlatform(): Platform {
  if (process.platform === 'linux') return linux;
  throw new Error(
    `dllparity does not run on ${process.platform} yet; write harness/machines/hosts/${process.platform}.ts`,
  );
}
