import { timeSuites } from '../c-runtime/time.ts';
import { pathSuites } from '../c-runtime/paths.ts';
import { crt } from './msvcr110.ts';

timeSuites(crt);
pathSuites(crt);
