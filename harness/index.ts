// For test files: vitest's test with an agent, suites, declarations. Scripts outside vitest import dllparity/agent.
export { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
export { default as fc } from 'fast-check';
export { test } from './vitest/fixtures/test.ts';
export {
  conformance,
  type FunctionSuiteOptions,
  type ScriptSuiteOptions,
  type SuiteOptions,
} from './vitest/fixtures/conformance.ts';
export { facts, type FactsOptions } from './vitest/fixtures/facts.ts';
export { scenarios, type ScenariosOptions } from './vitest/fixtures/scenarios.ts';
export { outBuffer } from './evidence/suites/out-buffer.ts';
export { specialValues } from './evidence/suites/special-values.ts';
export {
  type Comparator,
  exact,
  type ExactOptions,
  fields,
  ignored,
  relative,
  ulp,
} from './evidence/compare/comparator.ts';
export * from './agent.ts';
