// `dllparity/koffi`: koffi's own functions for DLLs of Windows. On Windows it is koffi; elsewhere the DLLs live in Wine.
import { createRequire } from 'node:module';
import { createKoffi } from './koffi/create.ts';

type Koffi = typeof import('koffi');

const koffi = (process.platform === 'win32'
  ? createRequire(import.meta.url)('koffi')
  : createKoffi()) as unknown as Koffi & { readonly in: Koffi['out'] } & Pick<
    Koffi['default'],
    'LibraryHandle' | 'TypeObject'
  >;

export type { KoffiFunc } from 'koffi';
export type LibraryHandle = import('koffi').LibraryHandle;
export type TypeObject = import('koffi').TypeObject;
export const LibraryHandle: Koffi['default']['LibraryHandle'] = koffi.LibraryHandle;
export const TypeObject: Koffi['default']['TypeObject'] = koffi.TypeObject;

export const address: Koffi['address'] = koffi.address;
export const alias: Koffi['alias'] = koffi.alias;
export const alignof: Koffi['alignof'] = koffi.alignof;
export const alloc: Koffi['alloc'] = koffi.alloc;
export const array: Koffi['array'] = koffi.array;
export const as: Koffi['as'] = koffi.as;
export const call: Koffi['call'] = koffi.call;
export const config: Koffi['config'] = koffi.config;
export const decode: Koffi['decode'] = koffi.decode;
export const disposable: Koffi['disposable'] = koffi.disposable;
export const encode: Koffi['encode'] = koffi.encode;
export const enumeration: Koffi['enumeration'] = koffi.enumeration;
export const errno: Koffi['errno'] = koffi.errno;
export const extension: Koffi['extension'] = koffi.extension;
export const free: Koffi['free'] = koffi.free;
export const inout: Koffi['inout'] = koffi.inout;
/** @deprecated */
// eslint-disable-next-line @typescript-eslint/no-deprecated
export const introspect: Koffi['introspect'] = koffi.introspect;
export const load: Koffi['load'] = koffi.load;
export const node: Koffi['node'] = koffi.node;
export const offsetof: Koffi['offsetof'] = koffi.offsetof;
export const opaque: Koffi['opaque'] = koffi.opaque;
export const os: Koffi['os'] = koffi.os;
export const out: Koffi['out'] = koffi.out;
export const pack: Koffi['pack'] = koffi.pack;
export const pointer: Koffi['pointer'] = koffi.pointer;
export const proto: Koffi['proto'] = koffi.proto;
// eslint-disable-next-line @typescript-eslint/no-deprecated -- one of its forms is
export const register: Koffi['register'] = koffi.register;
export const reset: Koffi['reset'] = koffi.reset;
/** @deprecated */
// eslint-disable-next-line @typescript-eslint/no-deprecated
export const resolve: Koffi['resolve'] = koffi.resolve;
export const sizeof: Koffi['sizeof'] = koffi.sizeof;
export const stats: Koffi['stats'] = koffi.stats;
export const struct: Koffi['struct'] = koffi.struct;
export const type: Koffi['type'] = koffi.type;
export const types: Koffi['types'] = koffi.types;
export const union: Koffi['union'] = koffi.union;
export const Union: Koffi['Union'] = koffi.Union;
export type Union = import('koffi').Union;
export const unregister: Koffi['unregister'] = koffi.unregister;
export const version: Koffi['version'] = koffi.version;
export const view: Koffi['view'] = koffi.view;

const into: Koffi['out'] = koffi.in;
export { into as in };

export default koffi as unknown as Koffi['default'];
