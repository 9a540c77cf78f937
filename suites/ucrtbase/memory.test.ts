import { memorySuites } from '../c-runtime/memory.ts';
import { crt } from './ucrtbase.ts';

memorySuites(crt);
