import { integerSuites } from '../c-runtime/integers.ts';
import { crt } from './ucrtbase.ts';

integerSuites(crt);
