import { sortSuites } from '../c-runtime/sort.ts';
import { crt } from './ucrtbase.ts';

sortSuites(crt);
