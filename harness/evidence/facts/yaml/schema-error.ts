// What a schema says is wrong, in words, with the place.
import type { z } from 'zod';
import { nearestName } from '../../../base/nearest-name.ts';
import { VALUE_KINDS, type YamlPath } from '../../../base/yaml-source.ts';
import type { Place } from './fact-document.ts';

export type Complaint = Place;

type Issue = z.core.$ZodIssue;

const NEXT = 'docs/guides/facts.md describes the notation.';

/** The first thing that is wrong. `value` is what the schema was given. */
export function complaintOf(issues: readonly Issue[], value: unknown): Complaint {
  // A name that is wrong says more than that the right one is missing.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  if (!issue) return { path: [], what: 'something is wrong here', hint: NEXT };
  return complain(issue, [], value);
}

function complain(issue: Issue, before: YamlPath, value: unknown): Complaint {
  const path = [...before, ...(issue.path as YamlPath)];
  const written = at(value, path);
  switch (issue.code) {
    case 'invalid_union':
      return complainOfUnion(issue, path, value, written);
    case 'unrecognized_keys': {
      const [key = ''] = issue.keys;
      return { path: [...path, key], what: `there is no key "${key}" here`, hint: NEXT, isKey: true };
    }
    case 'invalid_type':
      if (written === undefined) {
        const name = String(path.at(-1) ?? '');
        return { path: path.slice(0, -1), what: `"${name}" is missing`, hint: `Add "${name}: ..."; ${NEXT}` };
      }
      return { path, what: `must be ${VALUE_KINDS[issue.expected] ?? issue.expected}`, hint: NEXT };
    case 'invalid_value': {
      const values = issue.values.map(String);
      const near = nearestName(String(written), values);
      const hint = near === undefined ? NEXT : `Did you mean ${near}?`;
      return { path, what: values.length > 1 ? `must be one of ${values.join(', ')}` : issue.message, hint };
    }
    case 'too_big':
      return { path, what: `is too large: at most ${String(issue.maximum)}`, hint: NEXT };
    case 'too_small':
      return { path, what: `is too small: at least ${String(issue.minimum)}`, hint: NEXT };
    case 'invalid_key': {
      const [inner] = issue.issues;
      return { path, what: inner?.message ?? issue.message, hint: NEXT };
    }
    default:
      return { path, what: issue.message, hint: NEXT };
  }
}

/** Of several forms, the one that fits the keys best tells most. */
function complainOfUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: YamlPath,
  value: unknown,
  written: unknown,
): Complaint {
  const branches = (issue.errors as readonly (readonly Issue[])[]).filter((branch) => branch.length > 0);
  const best = branches.toSorted((one, other) => misfit(one) - misfit(other))[0];
  if (written === undefined)
    return { path: path.slice(0, -1), what: `"${String(path.at(-1) ?? '')}" is missing`, hint: NEXT };
  if (best && misfit(best) < NO_FIT) {
    const unknown = best.find((each) => each.code === 'unrecognized_keys');
    const chosen = unknown ?? best[0];
    if (chosen) return complain(chosen, path, value);
  }
  if (typeof written === 'object' && written !== null && !Array.isArray(written)) {
    const [key = ''] = Object.keys(written);
    return {
      path: [...path, key],
      what: `there is no form that begins with the key "${key}"`,
      hint: NEXT,
      isKey: true,
    };
  }
  const scalar = branches.flat().find((each) => each.code === 'invalid_format' || each.code === 'custom');
  return { path, what: scalar?.message ?? 'cannot stand here', hint: NEXT };
}

const NO_FIT = 100;

/** How far a form is from what is written: another kind of thing altogether, missing keys, keys too much. */
function misfit(branch: readonly Issue[]): number {
  let sum = 0;
  for (const issue of branch) {
    if (issue.code === 'unrecognized_keys') sum += 20 * issue.keys.length;
    else if (issue.path.length === 0) sum += NO_FIT;
    else if (issue.code === 'invalid_type' && issue.message.includes('received undefined')) sum += 30;
    else sum += 1;
  }
  return sum;
}

function at(value: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>(
    (found, step) =>
      typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[step] : undefined,
    value,
  );
}

/** Adds the name that was probably meant, where a key is none of `names`. */
export function withNearest(complaint: Complaint, names: readonly string[]): Complaint {
  const key = /(?:no key|begins with the key) "(.*)"/.exec(complaint.what)?.[1];
  const near = key === undefined ? undefined : nearestName(key, names);
  return near === undefined || near === key ? complaint : { ...complaint, hint: `Did you mean "${near}"? ${NEXT}` };
}
