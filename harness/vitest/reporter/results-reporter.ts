import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { release } from 'node:os';
import { join, relative } from 'node:path';
import type { Reporter, SerializedError, TestCase, TestModule, TestProject, TestRunEndReason } from 'vitest/node';
import { RESULT_SCHEMA, type TestRecord } from '../../../protocol/records/result-record.ts';
import { OPTIONS } from '../../config/options.ts';
import { currentHost } from '../../machines/current-host.ts';
import { ResultsFile } from '../../evidence/results/results-file.ts';
import { version } from '../../base/package-root.ts';
import '../fixtures/task-meta.ts';

export interface ResultsReporterOptions {
  readonly root: string;
  /** Folder that holds results.jsonl. */
  readonly outDir: string;
  /** Whether what could not be compared fails the run. */
  readonly strict: boolean;
  /** Folder into which the workers put their parts. */
  readonly parts: string;
  /** Called when the file is complete. */
  readonly onWritten?: (path: string, ok: boolean) => void;
}

/**
 * Puts results.jsonl together. Suites come from the parts their workers wrote, everything else from vitest. Tests that
 * never ended, because their worker died, count as failed: vitest 4 itself calls such a run passed.
 */
export class ResultsReporter implements Reporter {
  private readonly options: ResultsReporterOptions;
  private startedAt = Date.now();

  constructor(options: ResultsReporterOptions) {
    this.options = options;
  }

  onTestRunStart(): void {
    this.startedAt = Date.now();
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[], reason: TestRunEndReason): void {
    const { outDir, parts, root, strict } = this.options;
    const file = new ResultsFile(join(outDir, 'results.jsonl'));
    const tests = { passed: 0, failed: 0, skipped: 0 };
    let suiteFailed = false;
    try {
      file.write({
        record: 'run',
        schema: RESULT_SCHEMA,
        id: randomUUID(),
        startedAt: new Date(this.startedAt).toISOString(),
        dllparity: version,
        strict,
        host: {
          os: `${process.platform} ${release()} ${process.arch}`,
          node: process.versions.node,
          cpu: currentHost().cpu(),
        },
      });
      for (const test of allTests(modules)) {
        const part = test.meta().dllparity?.part;
        const failed = test.result().state === 'failed';
        if (part !== undefined && existsSync(join(parts, part))) {
          file.append(join(parts, part));
          suiteFailed ||= failed;
          continue;
        }
        const record = testRecord(test, root);
        tests[record.state]++;
        file.write(record);
      }
      for (const failed of modules.filter((module) => module.errors().length > 0)) {
        tests.failed++;
        file.write(moduleRecord(failed, root));
      }
      const ok = reason === 'passed' && !suiteFailed && tests.failed === 0 && unhandled.length === 0;
      file.commit({ startedAt: this.startedAt, tests, ok });
      this.options.onWritten?.(file.path, ok);
    } catch (error) {
      file.abandon();
      throw error;
    } finally {
      rmSync(parts, { recursive: true, force: true });
    }
  }
}

function* allTests(modules: readonly TestModule[]): Generator<TestCase> {
  for (const module of modules) yield* module.children.allTests();
}

function testRecord(test: TestCase, root: string): TestRecord {
  const result = test.result();
  const pending = result.state === 'pending';
  return {
    record: 'test',
    name: test.fullName,
    ...runtimeOf(test.project),
    file: relative(root, test.module.moduleId),
    line: test.location?.line ?? null,
    state: pending ? 'failed' : result.state,
    durationMs: test.diagnostic()?.duration ?? 0,
    errors: pending
      ? ['The test never ended: its worker died.']
      : (result.errors ?? []).map((error) => error.stack ?? error.message),
  };
}

function moduleRecord(module: TestModule, root: string): TestRecord {
  return {
    record: 'test',
    name: '(the file could not be run)',
    ...runtimeOf(module.project),
    file: relative(root, module.moduleId),
    line: null,
    state: 'failed',
    durationMs: 0,
    errors: module.errors().map((error) => error.stack ?? error.message),
  };
}

/** Where the run has several, each has a project, whose environment names it. */
function runtimeOf({ config }: TestProject): Pick<TestRecord, 'runtime'> {
  // A project without variables has none of this either, whatever its type says.
  const environment = config.env as typeof config.env | undefined;
  const runtime: unknown = environment?.[OPTIONS.runtime.variable];
  return typeof runtime === 'string' ? { runtime } : {};
}
