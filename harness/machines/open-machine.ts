import type { ResolvedConfig } from '../config/config.ts';
import type { Installation } from './installation.ts';
import { openWineMachine } from './linux/open-wine-machine.ts';
import type { Machine } from './machine.ts';

/**
 * Makes a machine in which nothing but Wine's server runs yet. The installation says which: the Wine of the system, one by path, or one
 * in a root folder. Real Windows would be another case here, with a folder of its own beside `linux`.
 */
export function openMachine(config: ResolvedConfig, installation: Installation): Machine {
  return openWineMachine(config, installation);
}
