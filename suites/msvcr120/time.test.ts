import { timeSuites } from '../c-runtime/time.ts';
import { pathSuites } from '../c-runtime/paths.ts';
import { crt } from './msvcr120.ts';

timeSuites(crt);
pathSuites(crt);
