// Names the tests that passed only when they were tried again: they are on the way to failing, and nobody would see it.

export default class RetriedReporter {
  /** @param {readonly import('vitest/node').TestModule[]} modules */
  onTestRunEnd(modules) {
    const retried = modules.flatMap((module) =>
      [...module.children.allTests()].flatMap((test) => {
        const diagnostic = test.diagnostic();
        if (diagnostic?.flaky !== true) return [];
        // What the attempts that failed said is kept.
        const errors = (test.result().errors ?? []).map(
          ({ message }) => `    ${message.split('\n').slice(0, 6).join('\n    ')}`,
        );
        return [
          `  ${test.project.name} ${module.relativeModuleId} > ${test.fullName} (${String(diagnostic.retryCount)})`,
          ...errors,
        ];
      }),
    );
    console.log(
      retried.length === 0
        ? 'no test was tried again'
        : [`tests that passed when they were tried again:`, ...retried].join('\n'),
    );
    // In the nightly run, which has everything on every runtime, no test may be needed twice.
    if (retried.length > 0 && process.env['DLLPARITY_TESTS'] === 'all') process.exitCode = 1;
  }
}
