// For test files: vitest's test with an agent, suites, declarations. Scripts outside vitest import dllparity/agent.
export { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
export { default as fc } from 'fast-check';
export { test } from './fixtures/test.ts';
export {
  conformance,
  type FunctionSuiteOptions,
  type ScriptSuiteOptions,
  type SuiteOptions,
} from './fixtures/conformance.ts';
export { scenarios, type ScenariosOptions } from './fixtures/scenarios.ts';
export { room } from './conformance/room.ts';
export { specialValues } from './conformance/special-values.ts';
export { type Comparator, exact, type ExactOptions, fields, ignored, relative, ulp } from './compare/comparator.ts';
export * from './agent.ts';
