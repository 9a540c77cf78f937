import { test as base } from 'dllparity';
import { endsOfRuntimes } from './kinds/ends.ts';
import { testKinds } from './matrix.ts';
import { costlyWays } from './ways.ts';

testKinds(base.override('config', { environment: { TESTS: 'ends' } }), endsOfRuntimes, { waysOf: costlyWays });
