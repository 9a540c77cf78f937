import type { CaseRecord, RuntimeRecord } from '../../../protocol/records/result-record.ts';
import type { InputNames, SeenCase } from '../known/when.ts';
import { jsonOf, outcomeOf } from './shown-json.ts';

/** A case of a results file that differs and is not declared. */
export interface NewDivergence {
  readonly suite: string;
  readonly runtime: RuntimeRecord;
  readonly record: CaseRecord;
  readonly names: InputNames;
  readonly seen: SeenCase;
}

/** From a line of results; undefined where it does not say what differs. */
export function newDivergence(suite: string, runtime: RuntimeRecord, record: CaseRecord): NewDivergence | undefined {
  const { detail } = record;
  const [expectation] = detail?.expectations ?? [];
  if (!detail?.actual || expectation === undefined) return undefined;
  return {
    suite,
    runtime,
    record,
    names: detail.inputs,
    seen: {
      inputs: detail.inputs.map(({ value }) => jsonOf(value)),
      expected: outcomeOf(expectation.outcome),
      actual: outcomeOf(detail.actual),
      difference: detail.difference,
    },
  };
}
