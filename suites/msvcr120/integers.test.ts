import { integerSuites } from '../c-runtime/integers.ts';
import { crt } from './msvcr120.ts';

integerSuites(crt);
