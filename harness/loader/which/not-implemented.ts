import type { WhichProblem } from '../../../protocol/records/which-record.ts';
import type { Examined } from './examined.ts';

const MAX_NAMES = 3;

/** Functions that the builtins of the runtime that was tried have as stubs only, or not at all: one problem for each DLL and kind. */
export function notImplemented({ functions, modules, runtime }: Examined): WhichProblem[] {
  const column = functions.runtimes.findIndex(({ id }) => id === runtime.id);
  return modules.flatMap(({ id, name }) =>
    (['stub', 'missing'] as const).flatMap((state): WhichProblem[] => {
      const found = functions.entries.filter(({ module, states }) => module === id && states[column] === state);
      if (found.length === 0) return [];
      const symbols = found.slice(0, MAX_NAMES).map(({ symbol }) => symbol);
      const rest = found.length > MAX_NAMES ? ` and ${String(found.length - MAX_NAMES)} more` : '';
      const needers = [...new Set(found.flatMap(({ neededBy }) => neededBy))];
      const stubs = found.length === 1 ? 'as a stub only' : 'as stubs only';
      const has = state === 'stub' ? stubs : 'not at all';
      return [
        {
          kind: 'not-implemented',
          severity: 'warning',
          text: `${name}: ${runtime.id} has ${symbols.join(', ')}${rest} ${has}. Needed by ${needers.map((needer) => modules[needer]?.name ?? '').join(', ')}.`,
          advice: 'Wine starts the program all the same, and ends it when such a function is called.',
          modules: [id, ...needers],
          override: null,
        },
      ];
    }),
  );
}
