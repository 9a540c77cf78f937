// A prediction for a person to read.

import { outcomeText } from '../outcome.ts';
import { flagsText } from '../loader-constants.ts';
import type { LoaderCall } from '../scenario.ts';
import type { CallSteps, Prediction } from './predict.ts';
import { RULES } from './rules.ts';
import { placeOf } from './scenario-world.ts';
import type { Step } from './step.ts';

/** One line for each part and each of its steps, and the sources of the rules at the end. */
export function explain(prediction: Prediction): readonly string[] {
  const used = [...new Set(prediction.steps.flatMap(({ steps }) => steps.map(({ rule }) => rule)))];
  return [
    ...prediction.steps.flatMap(partLines),
    prediction.outcome === undefined
      ? `Windows: unknown: ${prediction.unknown ?? ''}`
      : `Windows: ${outcomeText(prediction.outcome)}`,
    ...(used.length === 0 ? [] : ['', 'Rules:']),
    ...used.map((rule) => `  ${rule}: ${RULES[rule].text} (${RULES[rule].source})`),
  ];
}

function partLines({ of, word, steps }: CallSteps): readonly string[] {
  const head = typeof of === 'string' ? of : callText(of);
  return [word === undefined ? head : `${head}: ${word}`, ...steps.map(stepLine)];
}

function stepLine({ rule, text, path, found, skipped }: Step): string {
  const place = path === undefined ? '' : ` ${placeOf(path)}`;
  const seen = found === undefined ? '' : found ? ': there' : ': not there';
  return `  [${rule}] ${text}${place === '' ? '' : `,${place}`}${seen}${skipped === undefined ? '' : `; passed over: ${skipped}`}`;
}

/** `LoadLibraryEx(sotgt.dll, LOAD_WITH_ALTERED_SEARCH_PATH)`, for lists of calls. */
export function callText(call: LoaderCall): string {
  const { call: name, ...rest } = 'flags' in call ? { ...call, flags: flagsText(call.flags) } : call;
  const values = Object.values(rest) as (string | number | readonly number[] | null | undefined)[];
  const shown = values.filter((value) => value !== undefined);
  return `${name}(${shown.map((value) => (value === null ? 'NULL' : String(value))).join(', ')})`;
}
