import { test as base } from 'dllparity';
import { damages } from './kinds/damages.ts';
import { testKinds } from './matrix.ts';

testKinds(base.override('config', { callTimeoutMs: 2000 }), damages, { damages: true });
