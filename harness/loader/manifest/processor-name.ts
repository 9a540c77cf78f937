import type { AssemblyIdentity } from '../scenario.ts';

/** How manifests call the processor of an assembly; `own` and `foreign` are those of a runtime with this architecture. */
export function processorName(written: AssemblyIdentity['architecture'], own: 'x64' | 'ia32'): 'amd64' | 'x86' | '*' {
  if (written !== 'own' && written !== 'foreign') return written;
  return (own === 'x64') === (written === 'own') ? 'amd64' : 'x86';
}
