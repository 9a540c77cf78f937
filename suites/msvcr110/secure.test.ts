import { secureSuites } from '../c-runtime/secure.ts';
import { crt } from './msvcr110.ts';

secureSuites(crt);
