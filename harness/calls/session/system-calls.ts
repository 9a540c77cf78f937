import { HEADER, WATCHED, WATCHED_TABLE } from '../../../protocol/wire/layout.ts';

/** The memory of an agent, as much of it as is needed here. */
interface Memory {
  readonly words: Int32Array;
  readonly unsigned: Uint32Array;
  readonly bytes: Uint8Array;
}

const TABLE_BYTES = WATCHED.COUNT * WATCHED.BYTES;

/**
 * Which functions of the system the DLLs call that are no builtins of Wine: Wine answers them, whoever asks. DLLs that were
 * loaded before it began are not watched.
 */
export class SystemCalls {
  private readonly memory: Memory;
  private readonly loading = new Set<string>();

  constructor(memory: Memory) {
    this.memory = memory;
    memory.words[HEADER.WATCHES_SYSTEM >> 2] = 1;
  }

  /** How often each function has been called so far, by all processes of the agent. */
  counts(): Uint32Array {
    const counts = new Uint32Array(WATCHED.COUNT);
    const { bytes, unsigned } = this.memory;
    for (let at = WATCHED_TABLE, index = 0; index < counts.length; index++, at += WATCHED.BYTES) {
      if (bytes[at + WATCHED.NAME] === 0) break;
      counts[index] = unsigned[(at + WATCHED.CALLS) >> 2] ?? 0;
    }
    return counts;
  }

  /** Functions that were called after `before` was taken: `KERNEL32.dll!GetTickCount`, or `WSOCK32.dll!#115`. `(others)` stands for all that had no room. */
  calledSince(before: Uint32Array): string[] {
    const names: string[] = [];
    for (const [index, count] of this.counts().entries()) if (count !== before[index]) names.push(this.nameOf(index));
    return names;
  }

  /** Runs `load`, and keeps what is called meanwhile. */
  whileLoading<T>(load: () => T): T {
    const before = this.counts();
    const loaded = load();
    for (const name of this.calledSince(before)) this.loading.add(name);
    return loaded;
  }

  /** What was called by DLLs that were loaded, in whichever process of the agent: what they found out then stays with them. */
  get calledWhileLoading(): string[] {
    return [...this.loading];
  }

  /** Runs `attach`, after which the memory is that of another process. */
  keepAcross(attach: () => void): void {
    const kept = this.memory.bytes.slice(WATCHED_TABLE, WATCHED_TABLE + TABLE_BYTES);
    attach();
    this.memory.bytes.set(kept, WATCHED_TABLE);
    this.memory.words[HEADER.WATCHES_SYSTEM >> 2] = 1;
  }

  private nameOf(index: number): string {
    const at = WATCHED_TABLE + index * WATCHED.BYTES + WATCHED.NAME;
    const text = Buffer.from(this.memory.bytes.slice(at, at + WATCHED.NAME_BYTES)).toString('latin1');
    return text.split('\0')[0] ?? '';
  }
}
