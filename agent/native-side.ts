// The agent's native library as typed functions. It makes the calls; this side starts it and answers what is not a call.
import type { LibraryHandle } from 'koffi';
import type { Koffi } from './koffi-of-guest.ts';

export interface NativeSide {
  /** 0, or the step that failed: 1 open, 2 and 3 map the shared memory, 4 and 5 open the doorbells, 6 another protocol. */
  attach(share: string, bellIn: string, bellOut: string, bellOfInspector: string): number;
  /** Puts `text` where the host reads it. */
  write(text: string): void;
  failed(): void;
  /** 0, or the Windows error code. */
  start(): number;
  /** Resolves with the text of the host's next request. */
  nextRequest(): Promise<string>;
  /** Answers that request. */
  answer(text: string): void;
  /** Measures the guard: `count` times what it costs a call, in nanoseconds. */
  timeGuard(count: number): number[];
}

/** Binds `library`. CONTROL is mapped only after attach, hence the late view. */
export function nativeSide(koffi: Koffi, library: LibraryHandle, controlBytes: number): NativeSide {
  const attach = library.func(
    'int agent_attach(str16 share, str16 bell_in, str16 bell_out, str16 bell_of_inspector)',
  ) as NativeSide['attach'];
  const controlText = library.func('void *agent_control_text()') as () => bigint;
  const setLength = library.func('void agent_control_length(int bytes)') as (bytes: number) => void;
  const failed = library.func('void agent_failed()') as () => void;
  const start = library.func('uint32 agent_start()') as () => number;
  const awaitControl = library.func('int agent_await_control()') as unknown as {
    async(done: (error: Error | null, bytes: number) => void): void;
  };
  const answerControl = library.func('void agent_answer_control(int bytes)') as (bytes: number) => void;
  const timeGuard = library.func(
    'void agent_time_guard(int count, _Out_ double *overheads, _Out_ double *guarded)',
  ) as (count: number, overheads: Float64Array, guarded: Float64Array) => void;
  const view = (): Buffer => Buffer.from(koffi.view(controlText(), controlBytes));

  const put = (text: string): number => view().write(text, 0, controlBytes, 'utf8');
  return {
    attach,
    write: (text) => {
      setLength(put(text));
    },
    failed,
    start,
    nextRequest: () =>
      new Promise((resolve, reject) => {
        awaitControl.async((error, bytes) => {
          if (error) reject(error);
          else resolve(view().toString('utf8', 0, bytes));
        });
      }),
    answer: (text) => {
      answerControl(put(text));
    },
    timeGuard: (count) => {
      const overheads = new Float64Array(count);
      timeGuard(count, overheads, new Float64Array(count));
      return [...overheads];
    },
  };
}
