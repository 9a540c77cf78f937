import { printfSuites } from '../c-runtime/printf.ts';
import { crt } from './msvcr120.ts';

printfSuites(crt);
