import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Cause, causeId } from '../../../evidence/differential/cause.ts';
import { Corpus, corpusFile, findCorpora, readCorpus } from '../../../evidence/differential/corpus.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dllparity-corpus-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function cause(text: string): Cause {
  return {
    id: causeId('some.dll/f', text),
    suite: 'some.dll/f',
    cause: text,
    inputs: ['-0', { room: 8 }, [1, null]],
    expected: { side: 'wine-8.0-x64:native', outcome: { kind: 'returned', fields: { result: 'nan' } } },
    seen: {
      'wine-8.0-x64': {
        outcome: { kind: 'faulted', code: 0xc0000005, place: 'some.dll+0x10' },
        first: '2026-01-02',
        difference: 'Microsoft returns, this runtime faults',
        build: 'wine-8.0',
      },
    },
    c: { shown: true, file: 'f-00000000.c' },
  };
}

describe('a corpus', () => {
  it('has a line for each cause, and gives back what was put', () => {
    const file = corpusFile(folder, 'some.dll/f');
    const corpus = new Corpus(file);
    corpus.put(cause('one'));
    corpus.put(cause('two'));
    corpus.put({ ...cause('two'), c: { shown: false, why: 'it takes a callback' } });
    expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(2);
    expect(new Corpus(file).get(cause('one').id)).toEqual(cause('one'));
    expect(new Corpus(file).get(cause('two').id)?.c).toEqual({ shown: false, why: 'it takes a callback' });
    expect(findCorpora(folder)).toEqual([file]);
    expect(readdirSync(dirname(file))).toEqual(['f.jsonl']);
  });

  it('is found in folders that are called so, and not in other files of lines', () => {
    const project = join(folder, 'project');
    const file = corpusFile(join(project, 'suites', 'corpus'), 'some.dll/f');
    new Corpus(file).put(cause('one'));
    mkdirSync(join(project, 'out'), { recursive: true });
    writeFileSync(join(project, 'out', 'results.jsonl'), '{"record":"run"}\n');
    expect(findCorpora(undefined, project)).toEqual([file]);
  });

  it('is empty where there is no file', () => {
    expect(readCorpus(join(folder, 'none.jsonl'))).toEqual([]);
  });

  it('says which line cannot be read', () => {
    const file = join(folder, 'bad.jsonl');
    writeFileSync(file, `${JSON.stringify(cause('one'))}\n{"id":"x"}\n`);
    expect(() => readCorpus(file)).toThrow(/CORPUS_SYNTAX\]\n {2}at .*bad\.jsonl:2/);
    writeFileSync(file, '{"id":');
    expect(() => readCorpus(file)).toThrow(/bad\.jsonl:1/);
  });
});
