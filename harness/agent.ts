// For scripts: DLLs called from TypeScript, without a test runner.
export { bootAgent } from './agent/boot-agent.ts';
export { Agent, type Loaded } from './agent/agent.ts';
export { type BoundFunction, CallError } from './agent/bound-function.ts';
export type { Batch } from './agent/batch.ts';
export { as } from './call/encode-arguments.ts';
export type { Exited, Fault, Faulted, NotCallable, Outcome, Returned, TimedOut } from './call/outcome.ts';
export { type DeclaredFunction, type Library, library, type LibraryOptions } from './declare/library.ts';
export { microsoftDll, type OracleDll } from './declare/oracle-dll.ts';
export type { VariadicArgument } from './declare/prototype-types.ts';
export { struct } from './declare/struct.ts';
export { DllparityError, ERROR_CODES, type ErrorCode, isDllparityError } from './errors.ts';
export { Pointer } from './memsync/pointer.ts';
