import { comInterface, guid, IUnknown, library, struct } from 'dllparity';
import { referenceDll } from '../reference-dlls.ts';

const extent = struct('extent', { width: 'float', height: 'float' });
const record = struct('record', { weight: 'double', id: 'int64_t' });

export const COUNTER_IID = guid('{3f1a7c52-8e04-4b6d-9a11-2c5d7e804101}');
export const BLOB_IID = guid('{3f1a7c52-8e04-4b6d-9a11-2c5d7e804102}');
export const UNKNOWN_IID = guid('{00000000-0000-0000-c000-000000000046}');

export const ICounter = comInterface(
  'ICounter',
  IUnknown,
  [
    'int Add(int by)',
    'double Scale(double by)',
    'int64_t Weigh(int64_t a, int b, double c)',
    'extent GetExtent(float factor)',
    'record GetRecord(int64_t id)',
    'HRESULT Each(int n, int (__stdcall *callback)(int value))',
    'HRESULT Fail()',
  ],
  { extent, record },
);
export const IBlob = comInterface('IBlob', IUnknown, ['void *GetBufferPointer()', 'SIZE_T GetBufferSize()']);

/** An object of the caller's: a place that leads to its table of methods. */
const theirs = struct('theirs', { methods: 'void *' });

export const com = library(
  referenceDll('com.dll'),
  {
    create: 'HRESULT __stdcall create_object(REFIID iid, _Out_ void **found)',
    liveObjects: 'int live_objects(void)',
    referencesOf: 'int references_of(void *object)',
    countWith: 'int count_with(theirs *object, int by)',
  },
  { types: { theirs } },
);
