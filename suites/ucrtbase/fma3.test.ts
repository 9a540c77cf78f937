import { fma3Suites } from '../c-runtime/fma3.ts';
import { crt } from './ucrtbase.ts';

fma3Suites(crt);
