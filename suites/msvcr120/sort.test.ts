import { sortSuites } from '../c-runtime/sort.ts';
import { crt } from './msvcr120.ts';

sortSuites(crt);
