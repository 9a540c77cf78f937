import { DllparityError } from '../base/errors.ts';
import { nearestName } from '../base/nearest-name.ts';

/** An id that nothing has, and the one that was probably meant. */
export interface MissingId {
  readonly id: string;
  readonly near: string | undefined;
}

/**
 * What `--only` chooses: all where it was not given, else those with one of its ids.
 *
 * @param say what the error for an id that nothing has says
 * @throws ARGUMENT_TYPE for such an id
 */
export function chooseByIds<T extends { readonly id?: string | undefined }>(
  all: readonly T[],
  only: string | readonly string[] | undefined,
  say: (missing: MissingId) => { readonly what: string; readonly hint: string },
): readonly T[] {
  if (only === undefined) return all;
  const ids = new Set([only].flat());
  const found = all.filter(({ id }) => id !== undefined && ids.has(id));
  for (const { id } of found) ids.delete(id ?? '');
  const [missing] = ids;
  if (missing === undefined) return found;
  const near = nearestName(
    missing,
    all.flatMap(({ id }) => id ?? []),
  );
  throw new DllparityError('ARGUMENT_TYPE', say({ id: missing, near }));
}
