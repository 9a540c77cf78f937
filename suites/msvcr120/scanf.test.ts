import { scanfSuites } from '../c-runtime/scanf.ts';
import { crt } from './msvcr120.ts';

scanfSuites(crt);
