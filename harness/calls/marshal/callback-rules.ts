// By whose rules callbacks travel: those of declared types are here; koffi has its own.
import type { Placement } from '../../types/abi/place-arguments.ts';
import { CALLBACK } from '../../../protocol/wire/layout.ts';
import type { FunctionType } from '../../types/declare/types.ts';
import { DllparityError } from '../../base/errors.ts';
import { callbackArguments, type CallbackFrame, isWaitedFor, writeBackArguments } from './callback-arguments.ts';
import { hiddenAddress, writeCallbackResult } from './callback-result.ts';

export type CallbackFunction = (...args: unknown[]) => unknown;

/** What callbacks are given and give back, and what is said when one cannot be had. */
export interface CallbackRules {
  /** Calls `callback` with what lies in the frame, and writes there what it returns, if anybody waits for that still. */
  answer(at: CallbackFrame, type: FunctionType, placement: Placement, callback: CallbackFunction): void;
  /** What is thrown when no stub is free. */
  tooMany(): Error;
  /**
   * What is thrown when a stub is called that leads nowhere any more.
   * @param name of the callback that it led to last
   * @param passedTo the function for whose call alone that was; null: it was registered
   */
  expired(name: string | undefined, passedTo: string | null): Error;
}

/** Those of declared types. */
export const DECLARED_CALLBACKS: CallbackRules = { answer, tooMany, expired };

function answer(at: CallbackFrame, type: FunctionType, placement: Placement, callback: CallbackFunction): void {
  const args = callbackArguments(at, type, placement);
  // The memory for a struct result is named by the caller's frame, which nested callbacks leave alone.
  const memory = hiddenAddress(at.session, at.frame, placement);
  const result = callback(...args.values);
  // A call that the callback made may have cost the process that waits for this answer.
  if (!isWaitedFor(at)) return;
  writeBackArguments(at, args);
  writeCallbackResult(at, type, placement, result, memory);
}

function tooMany(): DllparityError {
  return new DllparityError('CALL_OUT_OF_MEMORY', {
    what: 'too many callbacks are in use at once',
    figures: [{ name: 'limit', value: CALLBACK.STUBS, unit: 'callbacks' }],
    hint: 'Pass fewer functions to one call, or release callbacks that the DLL no longer calls.',
  });
}

function expired(called: string | undefined, passedTo: string | null): DllparityError {
  const name = called === undefined ? 'a callback' : `the callback "${called}"`;
  const when =
    passedTo === null
      ? 'that was released'
      : `that was passed to ${passedTo} for one call only, after that call had returned`;
  return new DllparityError('CALLBACK_EXPIRED', {
    what: `the DLL has called ${name} ${when}; it was answered with 0`,
    hint: 'Make callbacks that outlive a call with `agent.callback(type, function)`, and release them when the DLL has forgotten them.',
  });
}
