// What functions of DLLs are called with.
import type { FunctionCall } from '../../calls/agent/function-call.ts';
import type { LibraryDeclaration } from '../../types/declare/library.ts';
import type { Guest } from '../guest/guest.ts';
import type { Specifiers } from '../types/specifier.ts';
import type { CallbackConverters } from './callbacks.ts';
import type { Converters } from './converters.ts';

/** What calls are made with. */
export interface CallMachine {
  readonly guest: Guest;
  readonly callbacks: CallbackConverters;
  readonly converters: Converters;
  readonly specifiers: Specifiers;
  /** Most asynchronous calls at once, as koffi.config() says. */
  readonly maxAsyncCalls: number;
  /** Sets what GetLastError() gives, and returns what it gave. */
  readonly exchangeLastError: (error: number) => number;
}

/** A function that was found: where it lies may change when the process is another one. */
export interface Target {
  readonly name: string;
  readonly address: () => bigint;
  /** The library that it belongs to; none where an address is all that is known. */
  readonly library?: LibraryDeclaration;
  /** Its number, where it was found by that. */
  readonly ordinal?: number | null;
}

/** A function as the core calls it. */
export interface Callable {
  readonly guest: Guest;
  readonly call: FunctionCall;
}
