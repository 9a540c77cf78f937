import { comInterface, guid, IUnknown, library } from 'dllparity';

/** Bytes that Direct3D hands about (Microsoft, "ID3DBlob interface"). */
export const ID3DBlob = comInterface('ID3DBlob', IUnknown, ['void *GetBufferPointer()', 'SIZE_T GetBufferSize()']);
export const IID_ID3DBlob = guid('{8BA5FB08-5195-40E2-AC58-0D989C3A0102}');
export const IID_IClassFactory = guid('{00000001-0000-0000-C000-000000000046}');

export const compiler = library('d3dcompiler_47.dll', {
  createBlob: 'HRESULT WINAPI D3DCreateBlob(SIZE_T size, _COM_Outptr_ void **blob)',
});
