// Members one after the other, or on top of each other, by the rules of Microsoft's compiler. gcc has others in a few places,
// also with -mms-bitfields; these are Microsoft's, as clang has them for its Windows targets:
// - bit-fields do not raise the alignment of a union,
// - `#pragma pack` does not undo a __declspec(align) inside a member, however deep it is,
// - bit-fields of an enumeration have the sign of its type, int: the highest of their bits is the sign.
import type { CType, Member, RecordType } from '../declare/types.ts';
import type { Layout, MemberLayout, RecordLayout } from './layout-kinds.ts';

const roundUp = (value: number, to: number): number => Math.ceil(value / to) * to;

/** The unit of storage that bit-fields share. */
interface Unit {
  readonly offset: number;
  readonly bytes: number;
  used: number;
}

export function recordLayout(type: RecordType, layoutOfMember: (type: CType) => Layout): RecordLayout {
  const members: MemberLayout[] = [];
  let end = 0;
  let alignment = 1;
  let unit: Unit | undefined;
  const isUnion = type.kind === 'union';
  for (const member of type.members) {
    const layout = layoutOfMember(member.type);
    const aligned = alignmentOf(member, layout, type.pack);
    if (member.bits === 0) {
      // Closes the unit: the next member starts behind it, aligned to the type. Without a unit before it, it means nothing.
      if (unit && isUnion) end = Math.max(end, layout.bytes);
      else if (unit) {
        end = roundUp(end, aligned);
        alignment = Math.max(alignment, aligned);
      }
      unit = undefined;
      continue;
    }
    if (member.bits === null || !isUnion) alignment = Math.max(alignment, aligned);
    if (member.bits === null) {
      unit = undefined;
      const offset = isUnion ? 0 : roundUp(end, aligned);
      end = Math.max(end, offset + layout.bytes);
      members.push({ name: member.name, layout, offset, bits: null });
      continue;
    }
    // Bit-fields share a unit while their types have the same size and there is room.
    if (isUnion || unit?.bytes !== layout.bytes || unit.used + member.bits > layout.bytes * 8) {
      unit = { offset: isUnion ? 0 : roundUp(end, aligned), bytes: layout.bytes, used: 0 };
      end = Math.max(end, unit.offset + unit.bytes);
    }
    members.push({
      name: member.name,
      layout,
      offset: unit.offset,
      bits: { shift: unit.used, width: member.bits },
    });
    unit.used += member.bits;
  }
  alignment = Math.max(alignment, type.align ?? 1);
  return { kind: type.kind, type, name: type.name, members, bytes: roundUp(end, alignment), alignment };
}

/** `#pragma pack` lowers the alignment of members, but not below what `__declspec(align)` asks of a record in them. */
function alignmentOf(member: Member, layout: Layout, pack: number | null): number {
  return pack === null ? layout.alignment : Math.max(Math.min(layout.alignment, pack), askedBy(member.type));
}

/** What `__declspec(align)` asks of a type, or of what it consists of. */
function askedBy(type: CType): number {
  if (type.kind === 'array') return askedBy(type.element);
  if (type.kind !== 'struct' && type.kind !== 'union') return 1;
  return Math.max(type.align ?? 1, ...type.members.map((member) => askedBy(member.type)));
}
