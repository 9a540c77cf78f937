import { sortSuites } from '../c-runtime/sort.ts';
import { crt } from './msvcr110.ts';

sortSuites(crt);
