import { scanfSuites } from '../c-runtime/scanf.ts';
import { crt } from './msvcr110.ts';

scanfSuites(crt);
