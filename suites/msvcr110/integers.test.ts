import { integerSuites } from '../c-runtime/integers.ts';
import { crt } from './msvcr110.ts';

integerSuites(crt);
