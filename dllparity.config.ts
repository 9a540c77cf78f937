// Options for the tests, suites and examples of this repository. docs/reference/configuration.md lists all of them.
import { defineConfig } from './harness/config.ts';

export default defineConfig({
  // Where the set-up puts the reference DLLs: library('basics.dll', ...) then finds its file by name, the one for the agent's architecture.
  searchPaths: ['./build/reference-dlls/x64', './build/reference-dlls/ia32'],
});
