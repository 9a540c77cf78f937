import { ctypeSuites } from '../c-runtime/ctype.ts';
import { multibyteSuites } from '../c-runtime/multibyte.ts';
import { crt } from './msvcr110.ts';

ctypeSuites(crt);
multibyteSuites(crt);
