import { complexSuites } from '../c-runtime/complex.ts';
import { crt } from './msvcr120.ts';

complexSuites(crt);
