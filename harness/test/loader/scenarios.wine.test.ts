import { join } from 'node:path';
import { scenarios } from '../../vitest/fixtures/scenarios.ts';

// All scenarios of the project on every runtime: what Wine does differently is declared beside each.
scenarios([join(import.meta.dirname, '..', '..', '..', 'suites', 'search-order')]);
