import type { z } from 'zod';
import { nearestName } from '../base/nearest-name.ts';
import type { DllparityError } from '../base/errors.ts';
import { readYamlText, VALUE_KINDS, type YamlFormat, type YamlPath, YamlSource } from '../base/yaml-source.ts';
import type { Scenario } from './scenario.ts';
import { checkScenario, type Complaint } from './yaml/check.ts';
import { missingField } from './yaml/required-fields.ts';
import { FIELDS, scenarioFile, type WrittenScenario } from './yaml/schema.ts';

const FORMAT: YamlFormat = {
  name: 'The file of scenarios',
  code: 'SCENARIO_SYNTAX',
  hint: 'Correct the place under the caret; docs/guides/search-order.md describes every field.',
};

/**
 * Reads a file of scenarios. Its form is described in docs/guides/search-order.md.
 *
 * @throws SCENARIO_SYNTAX with file, line and the next step, for the first thing that is wrong
 */
export function readScenarios(file: string): Scenario[] {
  return parseScenarios(readYamlText(file, FORMAT), file);
}

/** As `readScenarios`, from text; `file` is for messages. */
export function parseScenarios(text: string, file: string): Scenario[] {
  const source = new YamlSource(text, file, FORMAT);
  if (source.problem !== undefined) throw source.problem;
  const parsed = scenarioFile.safeParse(source.data());
  if (!parsed.success) throw issueError(source, parsed.error.issues);

  const { rule, scenarios } = parsed.data;
  const seen = new Map<string, number>();
  return scenarios.map((written, index) => {
    const at: YamlPath = ['scenarios', index];
    const line = source.line(source.find([...at, 'id'], 'key').start);
    const before = seen.get(written.id);
    if (before !== undefined)
      throw source.error([...at, 'id'], 'key', `line ${String(before)} has a scenario ${written.id} already`);
    seen.set(written.id, line);
    const scenario = toScenario(written, rule, file, line);
    const complaint: Complaint | undefined = checkScenario(scenario);
    if (complaint !== undefined) throw source.error([...at, ...complaint.path], 'key', complaint.message);
    return scenario;
  });
}

function toScenario(written: WrittenScenario, rule: string, file: string, line: number): Scenario {
  return {
    id: written.id,
    rule,
    title: written.title,
    files: written.files,
    ...(written.shared === undefined ? {} : { shared: written.shared }),
    program: written.program,
    calls: written.calls,
    registry: Object.entries(written.registry).map(([path, value]) => ({ path, value })),
    expect: { outcome: written.expect, evidence: written.evidence, source: written.source },
    wine:
      written.wine === undefined
        ? undefined
        : { outcome: written.wine.outcome, versions: written.wine.versions, because: written.wine.because },
    twin: written.twin,
    file,
    line,
  };
}

/** The first thing that a schema says is wrong. */
function issueError(source: YamlSource, issues: readonly z.core.$ZodIssue[]): DllparityError {
  const [issue] = issues;
  if (issue === undefined) throw new Error('internal: a schema failed without saying why');
  const path = issue.path as YamlPath;
  const written: unknown = source.document.getIn(path) ?? undefined;
  const isMissing = written === undefined && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
  const missing = isMissing ? missingField(path) : undefined;
  if (missing !== undefined) return source.error(path, 'key', missing.message, missing.hint);
  if (issue.code === 'invalid_type')
    return source.error(path, 'key', `must be ${VALUE_KINDS[issue.expected] ?? issue.expected}`);
  if (issue.code === 'invalid_value' && issue.values.length > 1) {
    const near = nearestName(String(written), issue.values.map(String));
    const proposal = near === undefined ? '' : `: did you mean ${near}?`;
    return source.error(path, 'key', `must be one of ${issue.values.map(String).join(', ')}${proposal}`);
  }
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const near = nearestName(key, FIELDS);
    const proposal = near === undefined || near === key ? '' : `: did you mean ${near}?`;
    return source.error([...path, key], 'key', `there is no field "${key}" here${proposal}`);
  }
  // Of several forms, the one with a message of ours tells most, then the one that came furthest.
  if (issue.code === 'invalid_union') {
    const rank = (one: z.core.$ZodIssue): number => one.path.length + (one.code === 'custom' ? 100 : 0);
    const [best] = issue.errors.flat().sort((one, other) => rank(other) - rank(one));
    if (best !== undefined && rank(best) > 0)
      return issueError(source, [{ ...best, path: [...issue.path, ...best.path] }]);
  }
  return source.error(path, 'key', issue.message);
}
