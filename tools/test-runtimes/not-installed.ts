// What stands for the tests of a runtime that this machine does not have: seen in every report, and counted as skipped.
import { inject, test } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    missingRuntime: { readonly id: string; readonly why: string };
  }
}

const { id, why } = inject('missingRuntime');

test(`the tests on ${id}`, ({ skip }) => {
  skip(why);
});
