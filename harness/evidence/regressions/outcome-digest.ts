import { createHash } from 'node:crypto';
import type { ShownOutcome } from '../../../protocol/records/result-record.ts';
import { masked } from './mask.ts';

/** Bytes of the digest that fit a number. */
const BYTES = 6;

/**
 * A number that is the same for outcomes that are the same but for what varies from run to run.
 *
 * @param outcome null where there was none
 * @param startedMs when the run began
 * @param runtime its id, which some outcomes name
 */
export function outcomeDigest(outcome: ShownOutcome | null, startedMs: number, runtime = ''): number {
  const hash = createHash('sha1');
  if (outcome !== null) {
    const text = runtime === '' ? outcome.text : outcome.text.replaceAll(runtime, '<runtime>');
    hash.update(`${outcome.kind}\n${masked(text, startedMs)}\n`);
    for (const { name, value } of outcome.fields) {
      const plain = isPointer(value.type) ? value.text.replace(/^0x[0-9a-f]+$/i, '<address>') : value.text;
      const shown = masked(plain, startedMs);
      // A time has its bits beside it.
      hash.update(JSON.stringify([name, shown, shown === value.text ? (value.bits ?? '') : '']));
    }
  }
  return hash.digest().readUIntBE(0, BYTES);
}

function isPointer(type: string): boolean {
  return type.endsWith('*');
}
