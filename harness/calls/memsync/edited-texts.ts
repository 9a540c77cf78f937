// Memory that only goes in stays as it is. Texts behind its pointers may be edited all the same: they are not const.
import type { Layout, RecordLayout } from '../../types/abi/layout-kinds.ts';
import { textOf } from '../../types/declare/types.ts';
import { decodeAddress } from './decode-scalar.ts';
import { PassedText } from './passed-text.ts';
import { Place } from './place.ts';
import type { Transfer } from './transfer.ts';

const editable = new WeakMap<Layout, boolean>();

/** Whether memory of this layout has pointers to text that may be written to. */
function hasEditableTexts(layout: Layout): boolean {
  if (layout.kind === 'scalar') return false;
  let has = editable.get(layout);
  if (has === undefined) {
    has = findEditableTexts(layout);
    editable.set(layout, has);
  }
  return has;
}

function findEditableTexts(layout: Layout): boolean {
  switch (layout.kind) {
    case 'pointer':
      return !layout.type.const && textOf(layout.type.target) !== null;
    case 'array':
      return hasEditableTexts(layout.element);
    case 'struct':
    case 'union':
      return layout.members.some((member) => hasEditableTexts(member.layout));
    case 'scalar':
    case 'sizeless':
      return false;
  }
}

/** Sees to it that after the call the values hold the texts as the function has left them. */
export function copyOutTexts(transfer: Transfer, element: Layout, values: unknown[], at: number): void {
  if (!hasEditableTexts(element)) return;
  const { session, after } = transfer;
  // Where the texts are: the function may have written over the pointers, and that is lost.
  const { buffer } = session.bytes.slice(at, at + values.length * element.bytes);
  const pointers = new DataView(buffer);
  after.copyBack.push(() => {
    updateElements(transfer, pointers, values, element, 0);
  });
}

function updateElements(transfer: Transfer, pointers: DataView, values: unknown[], element: Layout, at: number): void {
  values.forEach((before, i) => {
    const now = textsIn(transfer, pointers, before, element, at + i * element.bytes);
    if (now !== before && !Object.isFrozen(values)) values[i] = now;
  });
}

function updateMembers(
  transfer: Transfer,
  pointers: DataView,
  value: Record<string, unknown>,
  { members }: RecordLayout,
  at: number,
): void {
  for (const { name, layout, offset } of members) {
    const before = value[name];
    const now = textsIn(transfer, pointers, before, layout, at + offset);
    if (now !== before && !Object.isFrozen(value)) value[name] = now;
  }
}

/** A value with its texts as they are now. */
function textsIn(transfer: Transfer, pointers: DataView, value: unknown, layout: Layout, at: number): unknown {
  if (!hasEditableTexts(layout) || value === null || value === undefined) return value;
  if (layout.kind === 'pointer') {
    if (value instanceof Place) return value;
    const found = transfer.passed?.valueAt(decodeAddress(layout.bytes, pointers, at));
    return found instanceof PassedText && found.given === value ? found.now(transfer, found.at) : value;
  }
  if (layout.kind === 'array' && Array.isArray(value)) {
    updateElements(transfer, pointers, value, layout.element, at);
  } else if ((layout.kind === 'struct' || layout.kind === 'union') && typeof value === 'object') {
    updateMembers(transfer, pointers, value as Record<string, unknown>, layout, at);
  }
  return value;
}
