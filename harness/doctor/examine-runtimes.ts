import { type ErrorCode, isDllparityError } from '../base/errors.ts';
import { bootAgent } from '../calls/agent/boot-agent.ts';
import type { SandboxState } from '../machines/machine.ts';
import { type RuntimeState, runtimeStates } from '../machines/runtime-states.ts';
import { library } from '../types/declare/library.ts';
import { broken, type Finding, limited, ok } from './finding.ts';

const kernel32 = library('kernel32.dll', { pid: 'unsigned long GetCurrentProcessId(void)' });

const MENDED_BY_SETUP: ReadonlySet<ErrorCode> = new Set([
  'SETUP_MISSING',
  'WINE_NOT_FOUND',
  'PREFIX_TEMPLATE_MISSING',
  'PROTOCOL_MISMATCH',
]);

/** Boots an agent in each runtime and makes a call. The first that works tells what the machine can do to keep a DLL in. */
export async function examineRuntimes(): Promise<Finding[]> {
  let states: RuntimeState[];
  try {
    states = runtimeStates();
  } catch (error) {
    return [faultFinding('set-up', error)];
  }
  const findings: Finding[] = [];
  let sandbox: SandboxState | undefined;
  for (const state of states) {
    const tried = state.state === 'usable' ? await tryRuntime(state) : { finding: findingOf(state) };
    findings.push(tried.finding);
    sandbox ??= tried.sandbox;
  }
  return sandbox === undefined ? findings : [...findings, ...sandboxFindings(sandbox)];
}

interface Tried {
  readonly finding: Finding;
  readonly sandbox?: SandboxState;
}

async function tryRuntime({ id, wineBuild, distribution }: RuntimeState): Promise<Tried> {
  const start = performance.now();
  try {
    await using agent = await bootAgent({ runtime: id, spare: 'off', log: { level: 'error' } });
    agent.load(kernel32).pid();
    const milliseconds = (performance.now() - start).toFixed(0);
    const system = distribution === null ? '' : ` on ${distribution}`;
    const text = `${wineBuild ?? 'Wine'}${system}: an agent boots and calls in ${milliseconds} ms`;
    return { finding: ok(id, text), sandbox: agent.sandboxState };
  } catch (error) {
    return { finding: faultFinding(id, error) };
  }
}

/** What errors of ours say; others are nobody's finding. */
function faultFinding(check: string, error: unknown): Finding {
  if (!isDllparityError(error)) throw error;
  const [text = ''] = error.message.split('\n');
  return broken(check, text, error.hint, MENDED_BY_SETUP.has(error.code));
}

export function findingOf({ id, state, why, command }: RuntimeState): Finding {
  const text = why ?? '';
  if (state === 'incomplete') return broken(id, text, `Run \`${command ?? ''}\`.`, true);
  return limited(id, text, command === null ? null : `To have it, run \`${command}\`.`);
}

export function sandboxFindings({ sandbox, reason, clone, limits }: SandboxState): Finding[] {
  return [
    sandbox
      ? ok('sandbox', 'a DLL sees only what is declared, and no network')
      : limited(
          'sandbox',
          `none: a DLL can do whatever this user can${reason === null ? '' : ` (${reason})`}`,
          reason === null ? null : 'Install bubblewrap and allow user namespaces, or set the option `sandbox` to off.',
        ),
    clone === 'overlay'
      ? ok('prefixes', 'are overlays of their template, made in milliseconds')
      : limited(
          'prefixes',
          'are copies of their template: a boot takes longer',
          'Allow user namespaces, or run as root.',
        ),
    limitsFinding(limits),
  ];
}

function limitsFinding(limits: SandboxState['limits']): Finding {
  const missing = (['memoryBytes', 'processes', 'diskBytes'] as const).filter((limit) => limits[limit] === undefined);
  if (missing.length === 0) return ok('limits', 'of memory, processes and disk are enforced');
  return limited(
    'limits',
    `not enforced here: ${missing.join(', ')}`,
    'They need control groups that this user may make (root, or a delegated group).',
  );
}
