// A case is one line of the file: a YAML flow mapping that is JSON too, so that a reader may take either, a difference
// shows one case, and 100,000 cases are read without a YAML parser.
import { hash } from 'node:crypto';
import type { Json } from '../compare/json.ts';
import type { RecordedOutcome } from './baseline.ts';

interface CaseLine {
  readonly id: string;
  readonly in: readonly Json[];
  readonly out?: Readonly<Record<string, Json>>;
  readonly fault?: string;
  readonly exit?: number | null;
  readonly sum: string;
}

/** The stable id of a case: the first 8 hexadecimal digits of the SHA-256 of its inputs. */
export function caseId(inputs: readonly Json[]): string {
  return hash('sha256', JSON.stringify(inputs)).slice(0, 8);
}

/** Says whether a line was changed: 6 digits over everything before it. */
function checksum(body: string): string {
  return hash('sha256', body).slice(0, 6);
}

export function writeCaseLine(id: string, inputs: readonly Json[], outcome: RecordedOutcome): string {
  const result =
    outcome.kind === 'returned'
      ? { out: outcome.fields }
      : outcome.kind === 'faulted'
        ? { fault: `0x${outcome.code.toString(16).toUpperCase().padStart(8, '0')}` }
        : { exit: outcome.code };
  const body = JSON.stringify({ id, in: inputs, ...result }).slice(0, -1);
  return `  - ${body},"sum":"${checksum(body)}"}`;
}

/** What a line says; `altered` when its checksum does not fit; undefined when it is no case at all. */
export function readCaseLine(line: string):
  | {
      readonly id: string;
      readonly inputs: readonly Json[];
      readonly outcome: RecordedOutcome;
      readonly altered: boolean;
    }
  | undefined {
  const text = line.startsWith('  - ') ? line.slice(4) : '';
  let parsed: CaseLine;
  try {
    parsed = JSON.parse(text) as CaseLine;
  } catch {
    return undefined;
  }
  const outcome = outcomeOf(parsed);
  if (typeof parsed.id !== 'string' || !Array.isArray(parsed.in) || typeof parsed.sum !== 'string' || !outcome)
    return undefined;
  const body = text.slice(0, text.lastIndexOf(',"sum":'));
  return { id: parsed.id, inputs: parsed.in, outcome, altered: checksum(body) !== parsed.sum };
}

function outcomeOf(parsed: CaseLine): RecordedOutcome | undefined {
  if (typeof parsed.out === 'object') return { kind: 'returned', fields: parsed.out };
  if (typeof parsed.fault === 'string') return { kind: 'faulted', code: Number(parsed.fault) };
  if (parsed.exit !== undefined) return { kind: 'exited', code: parsed.exit };
  return undefined;
}
