import type { Callbacks } from '../marshal/callbacks.ts';
import type { FunctionType } from '../../types/declare/types.ts';
import { DllparityError } from '../../base/errors.ts';
import { Pointer } from '../memsync/pointer.ts';
import { requireEncoding } from '../memsync/text.ts';
import type { Session } from '../session/session.ts';

/** A function of this program that a DLL may call until it is released: later, and from threads of its own. */
export class RegisteredCallback {
  readonly #session: Session;
  readonly #callbacks: Callbacks;
  #stub: number | undefined;

  constructor(
    session: Session,
    callbacks: Callbacks,
    type: FunctionType,
    callback: (...args: never[]) => unknown,
    encoding: string,
  ) {
    requireEncoding(encoding);
    this.#session = session;
    this.#callbacks = callbacks;
    this.#stub = callbacks.register(type, callback, encoding);
  }

  /** The address that the DLL calls, in the agent that runs now. */
  get pointer(): Pointer {
    if (this.#stub === undefined) {
      throw new DllparityError('CALLBACK_EXPIRED', {
        what: 'the callback was released',
        hint: 'Release a callback when the DLL has forgotten it.',
      });
    }
    this.#session.owner.ensureAlive();
    return new Pointer(this.#session, this.#callbacks.addressOf(this.#stub));
  }

  /** Gives it back. A DLL that calls it all the same is answered with 0, and the host is told. */
  release(): void {
    if (this.#stub !== undefined) this.#callbacks.unregister(this.#stub);
    this.#stub = undefined;
  }

  [Symbol.dispose](): void {
    this.release();
  }
}
