import { stdioInvalidParameterSuites } from '../c-runtime/invalid-parameters.ts';
import { crt } from './msvcr120.ts';

stdioInvalidParameterSuites(crt);
