import { secureSuites } from '../c-runtime/secure.ts';
import { crt } from './ucrtbase.ts';

secureSuites(crt);
