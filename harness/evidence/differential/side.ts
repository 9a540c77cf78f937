import { DllparityError } from '../../base/errors.ts';

/** One of the two that are compared: a runtime, with Wine's builtin DLL or with the pinned one of Microsoft's. */
export interface Side {
  /** Id of the runtime. */
  readonly runtime: string;
  readonly dll: 'builtin' | 'native';
}

/** `wine-10.0-x64`, or `wine-10.0-x64:native`. Throws ARGUMENT_TYPE. */
export function parseSide(text: string): Side {
  const [runtime = '', dll = 'builtin', ...more] = text.split(':');
  if (runtime !== '' && more.length === 0 && (dll === 'builtin' || dll === 'native')) return { runtime, dll };
  throw new DllparityError('ARGUMENT_TYPE', {
    what: `"${text}" does not name a side of a differential run`,
    hint: "Write a runtime, for example wine-10.0-x64, and :native behind it for Microsoft's DLL in that runtime.",
  });
}

export function sideText({ runtime, dll }: Side): string {
  return dll === 'native' ? `${runtime}:native` : runtime;
}
