// What stands for the tests of a runtime that this machine does not have: seen in every report, and counted as skipped.
import { inject, test } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    missingRuntime: { readonly id: string; readonly command: string };
  }
}

const { id, command } = inject('missingRuntime');

test(`the tests on ${id}`, ({ skip }) => {
  skip(`${id} is not installed; this adds it: ${command}`);
});
