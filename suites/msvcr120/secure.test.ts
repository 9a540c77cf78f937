import { secureSuites } from '../c-runtime/secure.ts';
import { crt } from './msvcr120.ts';

secureSuites(crt);
