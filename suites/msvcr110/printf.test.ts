import { printfSuites } from '../c-runtime/printf.ts';
import { crt } from './msvcr110.ts';

printfSuites(crt);
