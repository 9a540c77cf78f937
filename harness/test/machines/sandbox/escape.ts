// escape.dll, and Unix programs that a DLL starts: Wine lets it.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Agent, library } from '../../../agent.ts';
import { referenceDll } from '../../reference-dlls.ts';

export const escape = library(referenceDll('escape.dll'), {
  readFile: 'int64_t read_file(const wchar_t *path, _Out_writes_(n) uint8_t *bytes, unsigned n)',
  listFolder: 'int64_t list_folder(const wchar_t *pattern)',
  writeFile: 'int64_t write_file(const wchar_t *path, unsigned how, int64_t offset, _In_reads_(n) const uint8_t *bytes, unsigned n)', // prettier-ignore
  deleteFile: 'int64_t delete_file(const wchar_t *path)',
  makeFolder: 'int64_t make_folder(const wchar_t *path)',
  readVariable: 'int64_t read_variable(const wchar_t *name, _Out_writes_(n) uint16_t *text, unsigned n)',
  connectTo: 'int64_t connect_to(uint32_t address, unsigned port)',
  startProgram: 'int64_t start_program(const wchar_t *program, const wchar_t *command)',
  startPrograms: 'int start_programs(const wchar_t *program, const wchar_t *command, int n)',
  endOthers: 'int end_others(unsigned last)',
  startThreads: 'int start_threads(int n)',
  fillDisk: 'int64_t fill_disk(const wchar_t *path, int64_t limit)',
  takeMemory: 'int64_t take_memory(int64_t limit)',
  openFiles: 'int open_files(const wchar_t *path, int n)',
});

/** Program and command line of a process that stays for a minute. */
export function child(name = 'escape.dll'): [program: string, command: string] {
  const dll = `Z:${referenceDll(name).replaceAll('/', '\\')}`;
  return ['C:\\windows\\system32\\rundll32.exe', `rundll32.exe ${dll},stay`];
}

/** How a file is opened for writing. */
export const OPEN = { createNew: 1, createAlways: 2, existing: 3, always: 4 } as const;

/** Text that a DLL reads from a file, or the code of the refusal. */
export function readText(agent: Agent, path: string, atMost = 4096): string | bigint {
  const bytes = new Uint8Array(atMost);
  const read = BigInt(agent.load(escape).readFile(path, bytes, atMost));
  return read < 0n ? read : Buffer.from(bytes.subarray(0, Number(read))).toString('utf8');
}

/** What becomes of an attempt to write a text to a file: bytes, or the code of the refusal. */
export function writeText(agent: Agent, path: string, text: string, how: number = OPEN.createAlways): bigint {
  const bytes = Buffer.from(text);
  return BigInt(agent.load(escape).writeFile(path, how, how === OPEN.createAlways ? 0 : -1, bytes, bytes.length));
}

let scripts = 0;

/** Lets the DLL start a shell of the machine with a script, and returns what it has written. `folder` is one that both sides see. */
export async function runShell(agent: Agent, script: string, folder = '/tmp'): Promise<string> {
  const stem = `${folder}/script-${(++scripts).toString()}`;
  const windows = `Z:${stem.replaceAll('/', '\\')}`;
  const text = `{ ${script}\n} >${stem}.part 2>&1 </dev/null\nmv ${stem}.part ${stem}.out\n`;
  if (writeText(agent, `${windows}.sh`, text) < 0n) throw new Error(`${stem}.sh cannot be written`);
  const started = agent.load(escape).startProgram('Z:\\bin\\sh', `sh ${stem}.sh`);
  if (started < 0) throw new Error(`the shell does not start: ${started.toString()}`);
  for (let tries = 0; tries < 200; tries++) {
    const output = readText(agent, `${windows}.out`, 65_536);
    if (typeof output === 'string') return output.trim();
    await sleep(50);
  }
  throw new Error(`the shell does not end: ${script}`);
}
