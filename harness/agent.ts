// For scripts: DLLs called from TypeScript, without a test runner.
export { bootAgent } from './calls/agent/boot-agent.ts';
export { Agent } from './calls/agent/agent.ts';
export type { Loaded } from './calls/agent/loaded.ts';
export type { FunctionPointerOptions } from './calls/agent/function-pointers.ts';
export type { Confirmed } from './calls/agent/confirm-call.ts';
export type { LateFault, Suspect } from './calls/agent/late-fault.ts';
export { HresultError } from './calls/agent/failed-hresult.ts';
export type { BoundFunction } from './calls/agent/bound-function.ts';
export { CallError } from './calls/agent/call-error.ts';
export type { ComObject } from './calls/agent/com-object.ts';
export type { Variable } from './calls/agent/loaded-variable.ts';
export type { RegisteredCallback } from './calls/agent/registered-callback.ts';
export type { Batch } from './calls/agent/batch.ts';
export { type Columns, ROW_STATUS, type RowEnd } from './calls/agent/columns.ts';
export type { BigIntColumn, NumberColumn, RowCount } from './types/declare/column-types.ts';
export { Pointer } from './calls/memsync/public-pointer.ts';
export { as } from './calls/memsync/typed-value.ts';
export type {
  Exited,
  Fault,
  Faulted,
  NotCallable,
  Outcome,
  Returned,
  Taint,
  TimedOut,
} from './calls/marshal/outcome.ts';
export type { ThreadReport } from './calls/session/inspect.ts';
export { type DeclaredFunction, type Library, library, type LibraryOptions } from './types/declare/library.ts';
export { microsoftDll, type OracleDll } from './types/declare/oracle-dll.ts';
export { microsoftDlls } from './types/declare/oracle-registry.ts';
export type { VariadicArgument } from './types/declare/prototype-types.ts';
export { type ComInterface, comInterface, IUnknown } from './types/declare/com-interface.ts';
export { enumeration } from './types/declare/enumeration.ts';
export { type Hresult, hresult } from './types/declare/hresult.ts';
export { inout, out, prototype, type PrototypeObject } from './types/declare/prototype.ts';
export { struct, union } from './types/declare/struct.ts';
export { alias, array, counted, opaque, pointer } from './types/declare/type-objects.ts';
export type { AnyType, PointerLike, ValueOf } from './types/declare/values.ts';
export * from './types/declare/windows-types.ts';
export { guid, guidText, unicodeString } from './types/declare/windows-values.ts';
export { offsetsOf, sizeOf } from './types/abi/size-of.ts';
export { DllparityError, ERROR_CODES, type ErrorCode, isDllparityError } from './base/errors.ts';
export { type BufferOptions, SharedBuffer } from './calls/memsync/shared-buffer.ts';
