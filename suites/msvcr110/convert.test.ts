import { conversionSuites } from '../c-runtime/convert.ts';
import { crt } from './msvcr110.ts';

conversionSuites(crt);
