import { CallError, expect, library, test as base } from 'dllparity';

// A DLL of this repository that misbehaves on purpose. dllparity.config.ts lists its folder in searchPaths.
const basics = library('basics.dll', {
  add: 'int add(int a, int b)',
  crash_null: 'int crash_null(void)',
  exit_process: 'int exit_process(int code)',
  hang: 'void hang(void)',
  echo_int8: 'int8_t echo_int8(int8_t value)',
  not_there: 'int not_there(void)',
});

// An agent of this file's own, which waits for a call no longer than half a second.
const test = base.override('config', { callTimeoutMs: 500 });

// Whatever a test has done to the agent, the next call works.
test.afterEach(({ load }) => {
  expect(load(basics).add(20, 22)).toBe(42);
});

test('an access violation names code, access and place', ({ load }) => {
  const outcome = load(basics).crash_null.outcome();
  expect(outcome).toMatchObject({
    kind: 'faulted',
    fault: { name: 'STATUS_ACCESS_VIOLATION', access: { kind: 'read', address: 0n } },
  });
});

test('an exit is an outcome with its code', ({ load }) => {
  expect(load(basics).exit_process.outcome(3)).toMatchObject({ kind: 'exited', code: 3, signal: null });
});

test('a call that hangs is given up', ({ load }) => {
  expect(load(basics).hang.outcome()).toMatchObject({ kind: 'timed-out', limitMs: 500 });
});

test('a function that the DLL lacks cannot be called', ({ load }) => {
  expect(load(basics).not_there.outcome()).toMatchObject({ kind: 'not-callable' });
});

test('a plain call has no outcome to return, so it throws one', ({ load }) => {
  expect(() => load(basics).crash_null()).toThrow(CallError);
});

test('in a batch one bad case does not spoil the others', ({ load }) => {
  const batch = load(basics).exit_process.batch([[5], [6]]);
  expect([batch.outcome(0), batch.outcome(1)]).toMatchObject([
    { kind: 'exited', code: 5 },
    { kind: 'exited', code: 6 },
  ]);
});
