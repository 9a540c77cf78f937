#!/usr/bin/env node
// In a checkout the command runs from its sources, in the published package from the build.
import { existsSync } from 'node:fs';

const sources = new URL('../harness/cli/main.ts', import.meta.url);
if (existsSync(sources)) {
  const { tsImport } = await import('tsx/esm/api');
  await tsImport(sources.href, import.meta.url);
} else {
  await import(new URL('../dist/harness/cli/main.js', import.meta.url).href);
}
