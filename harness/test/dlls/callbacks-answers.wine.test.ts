// What the DLL gets from a callback that has no result to give: 0 of whatever type it expects. The call itself throws, so the DLL
// notes what it got.
import { describe, expect, library, type Loaded, test } from 'dllparity';
import { referenceDll } from '../reference-dlls.ts';
import { callbacks, record } from './callbacks.ts';

const UNTOUCHED = {
  whole: [-1, -1, -1],
  single: -1,
  wide: -1,
  real: -1,
  both: { x: -1, y: -1 },
  many: { weight: -1, id: -1, name: 'no' },
};
const seven = { weight: 2.5, id: 7, name: 'seven' };

/** The functions that note one answer, with the member that they note it in, an answer, and what 0 is there. */
const KINDS = [
  ['askFloat', 'single', 1.5, 0],
  ['askInt64', 'wide', 7, 0],
  ['askDouble', 'real', 0.1, 0],
  ['askPoint', 'both', { x: 3, y: -4 }, { x: 0, y: 0 }],
  ['askRecord', 'many', seven, { weight: 0, id: 0, name: '' }],
] as const;

type Ask = (callback: (...all: number[]) => unknown) => void;

/** The function as one that takes callbacks whose results are wrong. */
function asker(all: Loaded<typeof callbacks>, name: (typeof KINDS)[number][0] | 'askInt' | 'askPointer'): Ask {
  return all[name] as unknown as Ask;
}

const fail = (): never => {
  throw new Error('my own');
};

describe('a callback without a result', () => {
  for (const [name, member, answer, zero] of KINDS) {
    test(`gives 0 in ${name}`, ({ load }) => {
      const all = load(callbacks);
      const ask = asker(all, name);
      const answered = (): unknown => all.lastAnswers()[member];
      all.forgetAnswers();
      expect(all.lastAnswers()).toMatchObject(UNTOUCHED);
      ask(() => answer);
      expect(answered()).toEqual(answer);
      expect(() => ask(fail)).toThrow('my own');
      expect(answered()).toEqual(zero);
      all.forgetAnswers();
      expect(() => ask(() => 'wrong')).toThrow('ARGUMENT_TYPE');
      expect(answered()).toEqual(zero);
      expect(all.lastAnswers()).toMatchObject({ ...UNTOUCHED, [member]: zero });
    });
  }

  test('gives NULL for a pointer', ({ load }) => {
    const all = load(callbacks);
    const ask = asker(all, 'askPointer');
    const own = all.ownCallback();
    ask(() => own);
    expect(all.lastAnswers().pointer?.address).toBe(own?.address);
    expect(() => ask(fail)).toThrow('my own');
    expect(all.lastAnswers().pointer).toBeNull();
    all.forgetAnswers();
    // Memory that does not outlive the callback.
    expect(() => ask(() => new Uint8Array(4))).toThrow('ARGUMENT_TYPE');
    expect(all.lastAnswers().pointer).toBeNull();
  });

  test('gives 0 in every call of it that is left, without being called', ({ load }) => {
    const all = load(callbacks);
    const seen: number[] = [];
    all.forgetAnswers();
    const failing = (i: number): number => {
      seen.push(i);
      return i === 0 ? 7 : fail();
    };
    expect(() => all.askInt(failing)).toThrow('my own');
    expect(seen).toEqual([0, 1]);
    expect(all.lastAnswers().whole).toEqual([7, 0, 0]);
  });

  test('gives 0 when its result is of a wrong type, or out of range', ({ load }) => {
    const all = load(callbacks);
    for (const [wrong, code] of [
      ['text', 'ARGUMENT_TYPE'],
      [2 ** 40, 'ARGUMENT_RANGE'],
      [0.5, 'ARGUMENT_RANGE'],
    ] as const) {
      all.forgetAnswers();
      expect(() => asker(all, 'askInt')(() => wrong)).toThrow(code);
      expect(all.lastAnswers().whole).toEqual([0, 0, 0]);
    }
  });

  test('gives 0 when it has expired', ({ load, agent }) => {
    const all = load(callbacks);
    const callback = agent.callback('int (*)(int)', () => 5);
    const { pointer } = callback;
    callback.release();
    all.forgetAnswers();
    expect(() => all.askInt(pointer as never)).toThrow('CALLBACK_EXPIRED');
    expect(all.lastAnswers().whole).toEqual([0, 0, 0]);
  });

  test('gives 0 when it has expired and its result is a struct in memory', ({ load }) => {
    const all = load(callbacks);
    const pointers = library(
      referenceDll('memory.dll'),
      { of: 'void *echo_pointer(record (*callback)(void))' },
      { types: { record } },
    );
    const expired = load(pointers).of(() => seven);
    all.forgetAnswers();
    expect(() => all.askRecord(expired as never)).toThrow('CALLBACK_EXPIRED');
    expect(all.lastAnswers().many).toEqual({ weight: 0, id: 0, name: '' });
  });

  test('gives 0 where calls are nested too deep', ({ load }) => {
    const { forgetAnswers, lastAnswers, deepen, askInt } = load(callbacks);
    forgetAnswers();
    let beyond = 0;
    const dive = (depth: number): number => {
      if (depth > 0) return deepen(depth, dive);
      askInt(() => ++beyond);
      return 0;
    };
    expect(() => deepen(64, dive)).toThrow(/64/);
    expect(beyond).toBe(0);
    expect(lastAnswers().whole).toEqual([0, 0, 0]);
  });
});

describe('a callback that returns a promise', () => {
  test('is refused by what it is, and the DLL gets 0', ({ load }) => {
    const all = load(callbacks);
    for (const later of [async () => 1, () => ({ then: () => undefined })]) {
      all.forgetAnswers();
      expect(() => asker(all, 'askInt')(later)).toThrow(
        /the callback callback returned a promise \[ARGUMENT_TYPE\].*use a synchronous function/s,
      );
      expect(all.lastAnswers().whole).toEqual([0, 0, 0]);
    }
    for (const name of ['askDouble', 'askPointer', 'askRecord'] as const)
      expect(() => asker(all, name)(async () => null)).toThrow(/returned a promise/);
  });
});
