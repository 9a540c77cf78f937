import { memorySuites } from '../c-runtime/memory.ts';
import { crt } from './msvcr120.ts';

memorySuites(crt);
