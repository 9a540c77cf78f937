import { test as base } from 'dllparity';
import { hangs } from './kinds/hangs.ts';
import { testKinds } from './matrix.ts';

testKinds(base.override('config', { callTimeoutMs: 250 }), hangs);
