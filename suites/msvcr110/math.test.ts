import { mathSuites } from '../c-runtime/math.ts';
import { floatMathSuites } from '../c-runtime/float-math.ts';
import { crt } from './msvcr110.ts';

mathSuites(crt);
floatMathSuites(crt);
