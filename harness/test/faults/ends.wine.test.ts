import { test as base } from 'dllparity';
import { ends } from './kinds/ends.ts';
import { testKinds } from './matrix.ts';

testKinds(base.override('config', { environment: { TESTS: 'ends' } }), ends);
