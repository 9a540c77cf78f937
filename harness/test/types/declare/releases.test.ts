import { expect, test } from 'vitest';
import { library } from '../../../types/declare/library.ts';

const exports = {
  makeText: 'char *make_text(int n)',
  outText: 'int out_text(_Outptr_result_z_ char **text, _Out_ int *n)',
  giveBack: 'void give_back(void *memory)',
  copy: 'void copy(void *to, const void *from)',
} as const;

test('a function or a parameter names what frees it', () => {
  const { makeText, outText, giveBack } = library('memory.dll', exports, {
    releases: { makeText: 'giveBack', 'outText.text': 'giveBack' },
  });
  expect(makeText.freedBy).toEqual({ result: 'giveBack', stored: new Map() });
  expect(outText.freedBy).toEqual({ result: undefined, stored: new Map([[0, 'giveBack']]) });
  expect(giveBack.freedBy).toEqual({ result: undefined, stored: new Map() });
});

test('what frees has to take one pointer', () => {
  expect(() => library('memory.dll', exports, { releases: { makeText: 'copy' } })).toThrow(
    '`releases` of memory.dll says that copy frees what makeText returns',
  );
  expect(() => library('memory.dll', exports, { releases: { 'outText.text': 'copy' } })).toThrow(
    'says that copy frees what outText stores',
  );
});

test('a parameter has to be one behind which a pointer is stored', () => {
  for (const name of ['n', 'nothing'] as const)
    expect(() =>
      library('memory.dll', exports, { releases: { [`outText.${name}` as 'outText.n']: 'giveBack' } }),
    ).toThrow(`giveBack frees what outText stores behind ${name}, which is no parameter of that kind`);
});

test('names of other functions do not compile', () => {
  // @ts-expect-error there is no such function
  expect(() => library('memory.dll', exports, { releases: { 'inText.text': 'giveBack' } })).toThrow('PROTOTYPE_SYNTAX');
  // @ts-expect-error nor this one
  expect(() => library('memory.dll', exports, { releases: { 'outText.text': 'free' } })).toThrow('PROTOTYPE_SYNTAX');
});
