import { complexSuites } from '../c-runtime/complex.ts';
import { crt } from './ucrtbase.ts';

complexSuites(crt);
