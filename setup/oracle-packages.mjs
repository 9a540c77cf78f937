/** Npm packages that carry genuine Microsoft DLLs. Only fetched in order to record or to verify; the DLLs are never committed. */
export const EDGE = {
  name: 'edge',
  version: '5.9.2',
  integrity: 'sha512-eGTNEX6nKFwUXmBGwsdN5NtlgEqY5Rl/nFRGQqNE1NLB7rwhtxnyDkx+f0q2tkvZPA0nNoB//7BPr+KN/eeVUQ==',
  /** Folder inside the package, by architecture. */
  folders: { x64: 'package/lib/native/win32/x64', ia32: 'package/lib/native/win32/ia32' },
  dlls: ['msvcr120.dll', 'msvcp120.dll'],
};
