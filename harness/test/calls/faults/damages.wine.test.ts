import { test as base } from 'dllparity';
import { damages } from './kinds/damages.ts';
import { testKinds } from './matrix.ts';
import { costlyWays } from './ways.ts';

testKinds(base.override('config', { callTimeoutMs: 2000 }), damages, { damages: true, waysOf: costlyWays });
