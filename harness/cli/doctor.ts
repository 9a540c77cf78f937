import { tableLines } from '../base/text-table.ts';
import { examineHost } from '../doctor/examine-host.ts';
import { examineRuntimes } from '../doctor/examine-runtimes.ts';
import type { Finding } from '../doctor/finding.ts';
import { setup } from './setup.ts';
import { writeJson } from './write-document.ts';

/** What the command takes. */
export interface DoctorOptions {
  /** Whether to run the set-up where that mends what was found. */
  readonly fix?: boolean;
  readonly json?: string;
}

const SIGNS = { ok: '=', limited: '!', broken: '×' } as const;

/** Examines this machine and names what would mend each fault. Fails when something is broken, and is not mended. */
export async function doctor({ fix, json }: DoctorOptions): Promise<number> {
  let findings = await examine();
  show(findings);
  if (fix === true && findings.some(({ isMendedBySetup }) => isMendedBySetup)) {
    process.stdout.write('\nThe set-up is run again.\n\n');
    const code = await setup({});
    if (code !== 0) return code;
    findings = await examine();
    process.stdout.write('\n');
    show(findings);
  }
  if (json !== undefined) writeJson('the document', json, { findings });
  return findings.some(({ state }) => state === 'broken') ? 1 : 0;
}

async function examine(): Promise<Finding[]> {
  return [...examineHost(), ...(await examineRuntimes())];
}

function show(findings: readonly Finding[]): void {
  const rows = findings.map(({ check, state, text }) => [SIGNS[state], check, text]);
  process.stdout.write(`${tableLines(rows).join('\n')}\n`);
  for (const { check, next } of findings) if (next !== null) process.stdout.write(`  ${check}: ${next}\n`);
  const count = (state: Finding['state']): number => findings.filter((each) => each.state === state).length;
  process.stdout.write(
    `${String(count('ok'))} ok, ${String(count('limited'))} limited, ${String(count('broken'))} broken\n`,
  );
}
