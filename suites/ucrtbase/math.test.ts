import { mathSuites } from '../c-runtime/math.ts';
import { floatMathSuites } from '../c-runtime/float-math.ts';
import { longDoubleMathSuites } from '../c-runtime/long-double-math.ts';
import { crt } from './ucrtbase.ts';

mathSuites(crt);
floatMathSuites(crt);
longDoubleMathSuites(crt);
