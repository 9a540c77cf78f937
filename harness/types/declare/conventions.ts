import type { Convention } from './types.ts';

/** Words of the Windows SDK for calling conventions (Microsoft, "Argument Passing and Naming Conventions"). */
const WORDS: Readonly<Record<string, Convention>> = {
  __cdecl: 'cdecl',
  _cdecl: 'cdecl',
  WINAPIV: 'cdecl',
  __CRTDECL: 'cdecl',
  CDECL: 'cdecl',
  STDAPIVCALLTYPE: 'cdecl',
  STDMETHODVCALLTYPE: 'cdecl',
  __stdcall: 'stdcall',
  _stdcall: 'stdcall',
  WINAPI: 'stdcall',
  CALLBACK: 'stdcall',
  APIENTRY: 'stdcall',
  NTAPI: 'stdcall',
  PASCAL: 'stdcall',
  STDMETHODCALLTYPE: 'stdcall',
  STDAPICALLTYPE: 'stdcall',
  WSAAPI: 'stdcall',
  WSPAPI: 'stdcall',
  IMAGEAPI: 'stdcall',
  RPC_ENTRY: 'stdcall',
  __RPC_USER: 'stdcall',
  __RPC_STUB: 'stdcall',
  __fastcall: 'fastcall',
  _fastcall: 'fastcall',
  __thiscall: 'thiscall',
};

export function conventionNamed(word: string | undefined): Convention | undefined {
  return word !== undefined && Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
}
