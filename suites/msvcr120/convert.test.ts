import { conversionSuites } from '../c-runtime/convert.ts';
import { crt } from './msvcr120.ts';

conversionSuites(crt);
