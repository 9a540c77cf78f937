// ordinary.dll: what programs of Windows do, and Wine asks Linux for in ways of its own.
import { library } from '../../../agent.ts';
import { referenceDll } from '../../reference-dlls.ts';

export const ordinary = library(referenceDll('ordinary.dll'), {
  childMemory: 'int child_memory(void)',
  childRegisters: 'int child_registers(void)',
  remoteThread: 'int remote_thread(void)',
  ownThread: 'int own_thread(void)',
  debugChild: 'int debug_child(void)',
  snapshot: 'int snapshot(void)',
  loopback: 'int loopback(int family, int kind)',
  networkTables: 'int network_tables(void)',
  services: 'int services(void)',
});
