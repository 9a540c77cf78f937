import { fma3Suites } from '../c-runtime/fma3.ts';
import { crt } from './msvcr120.ts';

fma3Suites(crt);
