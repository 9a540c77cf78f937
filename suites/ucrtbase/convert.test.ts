import { conversionSuites } from '../c-runtime/convert.ts';
import { crt } from './ucrtbase.ts';

conversionSuites(crt);
