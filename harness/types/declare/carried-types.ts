// Type objects of the Windows SDK carry what they were declared from: which values that means, values.ts says.
import type { MemberTypes } from './record.ts';

/** A record with the types of its members, as they were written. */
export interface MemberTexts<M extends MemberTypes> {
  readonly memberTexts?: M;
}

/** A pointer to a type. */
export interface PointerTo<R> {
  readonly pointsTo?: R;
}
