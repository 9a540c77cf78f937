import { memorySuites } from '../c-runtime/memory.ts';
import { crt } from './msvcr110.ts';

memorySuites(crt);
