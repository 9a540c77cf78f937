import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { DllparityError } from '../../base/errors.ts';
import { type Cause, causeSchema } from './cause.ts';

/** The causes of one suite: a file of JSON lines, which is written anew with each cause and is complete at any time. */
export class Corpus {
  readonly file: string;
  private readonly causes: Map<string, Cause>;

  constructor(file: string) {
    this.file = file;
    this.causes = new Map(readCorpus(file).map((cause) => [cause.id, cause]));
  }

  get all(): readonly Cause[] {
    return [...this.causes.values()];
  }

  get(id: string): Cause | undefined {
    return this.causes.get(id);
  }

  put(cause: Cause): void {
    this.causes.set(cause.id, cause);
    const lines = this.all.toSorted((one, other) => (one.id < other.id ? -1 : 1)).map((each) => JSON.stringify(each));
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileAtomic.sync(this.file, `${lines.join('\n')}\n`);
  }

  /** A file beside it. */
  readFile(name: string): string {
    return readFileSync(join(dirname(this.file), name), 'utf8');
  }

  /** Writes a file beside it, and returns its name. */
  putFile(name: string, text: string): string {
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileAtomic.sync(join(dirname(this.file), name), text);
    return name;
  }
}

/** The file of a suite below a folder of corpora: `msvcr120.dll/strtod.jsonl`. */
export function corpusFile(folder: string, suite: string): string {
  const [dll = '', ...title] = suite.split('/');
  return join(folder, dll, `${fileName(title.join('/'))}.jsonl`);
}

/** What files of a suite begin with. */
export function fileName(title: string): string {
  return title.replaceAll(/[^\w.-]/g, '-');
}

/** The causes of a file; none where there is no file. Throws CORPUS_SYNTAX with file and line. */
export function readCorpus(file: string): Cause[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, index) => (line.trim() === '' ? [] : [readLine(line, file, index + 1)]));
}

function readLine(line: string, file: string, number: number): Cause {
  let reason: string;
  try {
    const parsed = causeSchema.safeParse(JSON.parse(line));
    if (parsed.success) return parsed.data;
    reason = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join(', ');
  } catch (error) {
    reason = (error as Error).message;
  }
  throw new DllparityError('CORPUS_SYNTAX', {
    what: `this line of a corpus cannot be read: ${reason}`,
    where: { file, line: number },
    hint: 'Restore the file, or take the line out: the next differential run finds its cause again.',
  });
}

/**
 * All files of corpora.
 * @param folder a corpus
 * @default folder all folders below `project` that are called `corpus`: other files of lines lie about too
 */
export function findCorpora(folder: string | undefined, project = '.'): string[] {
  const root = folder ?? project;
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.jsonl') && !entry.parentPath.includes('node_modules'))
    .filter(({ parentPath }) => folder !== undefined || basename(dirname(parentPath)) === 'corpus')
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}
