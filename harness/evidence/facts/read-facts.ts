import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type DllparityError, isDllparityError } from '../../base/errors.ts';
import { readYamlText } from '../../base/yaml-source.ts';
import { checkFact } from './check-fact.ts';
import { declarePrototype } from './declare-fact.ts';
import type { Fact } from './fact.ts';
import { FactTypes } from './fact-types.ts';
import { ALL_KEYS } from './yaml/all-keys.ts';
import { type Entry, FACT_FORMAT, readEntries } from './yaml/fact-document.ts';
import { writtenFact, type WrittenFact, writtenStruct } from './yaml/file-schema.ts';
import { complaintOf, withNearest } from './yaml/schema-error.ts';
import { toArgument } from './yaml/to-argument.ts';
import { toExpectation } from './yaml/to-expectation.ts';

/** A fact, or a part of a file, that could not be read. */
export interface FactProblem {
  /** Of the fact, where it could be told. */
  readonly id: string | undefined;
  readonly error: DllparityError;
}

/** What is in some files. A bad fact is a problem, and the others are there. */
export interface FactSet {
  readonly facts: readonly Fact[];
  readonly problems: readonly FactProblem[];
  readonly types: FactTypes;
}

/** A file beside files of facts whose structs they may name. */
const STRUCTS = 'structs.yaml';

/** Reads files of facts, in both dialects. Each may have structs, and names those of the others and of structs.yaml beside it. */
export function readFacts(files: readonly string[]): FactSet {
  const paths = [...new Set(files.map((file) => resolve(file)))];
  const beside = [...new Set(paths.map((path) => join(dirname(path), STRUCTS)))];
  const structs = beside.filter((path) => !paths.includes(path) && existsSync(path));
  return parseFacts([...structs, ...paths].map((file) => ({ file, read: () => readYamlText(file, FACT_FORMAT) })));
}

/** As `readFacts`, from texts; `file` is named in messages, and is what paths of DLLs are relative to. */
export function parseFacts(sources: readonly { readonly file: string; readonly read: () => string }[]): FactSet {
  const problems: FactProblem[] = [];
  const entries: { readonly file: string; readonly entry: Entry }[] = [];
  for (const { file, read } of sources) {
    try {
      const found = readEntries(read(), file);
      entries.push(...found.entries.map((entry) => ({ file, entry })));
      problems.push(...found.problems.map((error) => ({ id: undefined, error })));
    } catch (error) {
      if (!isDllparityError(error)) throw error;
      problems.push({ id: undefined, error });
    }
  }
  const types = new FactTypes();
  const report = (id: string | undefined, error: DllparityError): void => {
    problems.push({ id, error });
  };
  for (const { entry } of entries) if (isStruct(entry.value)) defineStruct(entry, types, report);
  const facts: Fact[] = [];
  const seen = new Map<string, Fact>();
  for (const { file, entry } of entries) {
    if (isStruct(entry.value)) continue;
    const fact = readFact(entry, file, types, report);
    if (!fact) continue;
    const before = seen.get(fact.id);
    if (before) {
      const at = `${before.file}:${String(before.line)}`;
      report(
        fact.id,
        entry.error({
          path: ['id'],
          what: `the id ${fact.id} is taken`,
          hint: `${at} has it already: an id names one fact.`,
        }),
      );
      continue;
    }
    seen.set(fact.id, fact);
    facts.push(fact);
  }
  return { facts, problems, types };
}

function isStruct(value: unknown): boolean {
  return isRecord(value) && 'name' in value && 'fields' in value && !('id' in value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type Report = (id: string | undefined, error: DllparityError) => void;

function defineStruct(entry: Entry, types: FactTypes, report: Report): void {
  const parsed = writtenStruct.safeParse(entry.value);
  if (!parsed.success) {
    report(undefined, entry.error(withNearest(complaintOf(parsed.error.issues, entry.value), ALL_KEYS)));
    return;
  }
  try {
    types.define(parsed.data);
  } catch (error) {
    if (!isDllparityError(error)) throw error;
    report(
      undefined,
      entry.error({ path: ['name'], what: `${parsed.data.name}: ${firstLine(error)}`, hint: error.hint }),
    );
  }
}

function readFact(entry: Entry, file: string, types: FactTypes, report: Report): Fact | undefined {
  const { value } = entry;
  const id = isRecord(value) && typeof value['id'] === 'string' ? value['id'] : undefined;
  const parsed = writtenFact.safeParse(value);
  if (!parsed.success) {
    const complaint = withNearest(complaintOf(parsed.error.issues, value), ALL_KEYS);
    const place = complaint.path.join('.');
    const what = `${id ?? 'a fact'}: ${place === '' ? '' : `${place}: `}${complaint.what}`;
    report(id, entry.error({ ...complaint, what }));
    return undefined;
  }
  try {
    const fact = toFact(parsed.data, file, entry.line, types);
    const complaint = checkFact(fact, types);
    if (!complaint) return fact;
    report(id, entry.error({ ...complaint, what: `${fact.id}: ${complaint.what}` }));
  } catch (error) {
    if (!isDllparityError(error)) throw error;
    const what = `${parsed.data.id}: ${firstLine(error)}`;
    report(id, entry.error({ path: ['prototype'], what, hint: error.hint }));
  }
  return undefined;
}

function firstLine({ message }: Error): string {
  return message.split('\n')[0] ?? '';
}

function toFact(written: WrittenFact, file: string, line: number, types: FactTypes): Fact {
  const {
    id,
    dll,
    function: name,
    prototype,
    args,
    expect,
    setup,
    note,
    todoWine,
    broken,
    arch,
    source,
    test,
  } = written;
  return {
    id,
    dll,
    function: name,
    prototype,
    declared: declarePrototype(prototype, types),
    args: args.map(toArgument),
    expect: toExpectation(expect),
    setup,
    note,
    todoWine,
    broken,
    architecture: arch,
    source: test === undefined ? source : `${source} (${test})`,
    file,
    line,
  };
}
