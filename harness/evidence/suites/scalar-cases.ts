// HOT: cases of functions that take and return scalars only go from JSON to frames and back without values in between.
// Benchmark: batch-pow.
import { FRAME } from '../../../protocol/wire/layout.ts';
import { FRAME_STATUS } from '../../../protocol/wire/messages.ts';
import type { Batch } from '../../calls/agent/batch.ts';
import type { SourceMaker } from '../../calls/agent/bound-function.ts';
import type { CaseSource } from '../../calls/agent/case-source.ts';
import { encodeScalarSlot } from '../../calls/marshal/encode-arguments.ts';
import { resultOffset } from '../../calls/marshal/decode-result.ts';
import type { RecordedOutcome } from '../baseline/baseline.ts';
import { numberFromJson } from '../compare/floating.ts';
import type { Json } from '../compare/json.ts';
import type { DeclaredFunction } from '../../types/declare/library.ts';
import type { Place } from '../../types/abi/place-arguments.ts';
import type { ScalarLayout } from '../../types/abi/layout-kinds.ts';
import type { FunctionType, Parameter } from '../../types/declare/types.ts';
import { refused } from '../../calls/memsync/encode-scalar.ts';
import { argumentsFromJson, integerFromJson } from './inputs.ts';
import { observeLost, scalarJson } from './observe-function.ts';
import type { Observed } from './observed.ts';

/** Whether arguments and result are scalars, so that a case is nothing but its slots. */
export function isScalarFunction({ parameters, result, variadic }: FunctionType): boolean {
  return !variadic && result.kind === 'scalar' && parameters.every(({ type }) => type.kind === 'scalar');
}

export function scalarCases(cases: readonly (readonly Json[])[]): SourceMaker {
  return ({ session: { view, doubles } }, { type: { parameters, name }, placement }) => {
    const places = placement.arguments;
    const layouts = places.map(({ layout }) => layout as ScalarLayout);
    const { slotBytes } = placement;
    if (layouts.every(({ code }) => code === 'double')) {
      return doubleCases(cases, parameters, places, slotBytes, doubles);
    }
    return {
      length: cases.length,
      usesMemory: false,
      slotBytesOf: () => slotBytes,
      encode(index, frame) {
        const inputs = cases[index] ?? [];
        const slots = frame + FRAME.SLOTS;
        for (let at = 0; at < slotBytes; at += 4) view.setInt32(slots + at, 0, true);
        for (let i = 0; i < places.length; i++) {
          const place = places[i];
          const layout = layouts[i];
          const json = inputs[i];
          if (!place || !layout || json === undefined) continue;
          const slot = slots + place.offset;
          if (layout.code === 'double') {
            view.setFloat64(slot, typeof json === 'number' ? json : numberFromJson(json), true);
            continue;
          }
          const value = layout.code === 'float' ? numberFromJson(json) : integerFromJson(json);
          const refusal = encodeScalarSlot(layout, value, view, slot, place.bytes);
          if (refusal) throw refused(refusal, layout, value, `"${parameters[i]?.name ?? ''}" of ${name}`);
        }
      },
      argumentsOf: (index) => argumentsFromJson(cases[index] ?? [], parameters),
    };
  };
}

/** The same for functions of doubles alone, which most of mathematics is. */
function doubleCases(
  cases: readonly (readonly Json[])[],
  parameters: readonly Parameter[],
  places: readonly Place[],
  slotBytes: number,
  doubles: Float64Array,
): CaseSource {
  const count = parameters.length;
  // In whole doubles on both architectures: ECX and EDX, which ia32 has in front, are as long as one.
  const first = (places[0]?.offset ?? 0) >> 3;
  const slots = slotBytes >> 3;
  return {
    length: cases.length,
    usesMemory: false,
    slotBytesOf: () => slotBytes,
    encode(index, frame) {
      const inputs = cases[index] ?? [];
      const at = (frame + FRAME.SLOTS) >> 3;
      for (let i = 0; i < first; i++) doubles[at + i] = 0;
      for (let i = 0; i < count; i++) {
        const json = inputs[i] ?? 0;
        doubles[at + first + i] = typeof json === 'number' ? json : numberFromJson(json);
      }
      for (let i = first + count; i < slots; i++) doubles[at + i] = 0;
    },
    argumentsOf: (index) => argumentsFromJson(cases[index] ?? [], parameters),
  };
}

/** What each case left behind; the expected outcome itself where nothing else was seen. */
export function observeScalars(
  batch: Batch,
  declared: DeclaredFunction,
  expected?: readonly RecordedOutcome[],
): Observed[] {
  const type = batch.plan.placement.resultLayout as ScalarLayout;
  const result = resultOffset(batch.plan);
  const hasErrno = declared.library.errno !== undefined;
  const seen = new Array<Observed | undefined>(batch.length);
  for (const { start, count, stride, view } of batch.frames) {
    for (let i = 0, frame = 0; i < count; i++, frame += stride) {
      if (view.getInt32(frame + FRAME.STATUS, true) !== FRAME_STATUS.RETURNED) continue;
      const value = scalarJson(view, frame + result, type);
      const errno = hasErrno ? view.getInt32(frame + FRAME.ERRNO, true) : 0;
      const wanted = expected?.[start + i];
      const same =
        wanted?.kind === 'returned' && wanted.fields['result'] === value && (wanted.fields['errno'] ?? 0) === errno;
      seen[start + i] = same
        ? wanted
        : { kind: 'returned', fields: errno === 0 ? { result: value } : { result: value, errno } };
    }
  }
  // The others faulted, or cost the agent.
  for (let index = 0; index < seen.length; index++) seen[index] ??= observeLost(batch.outcome(index));
  return seen as Observed[];
}
