import { stdioInvalidParameterSuites } from '../c-runtime/invalid-parameters.ts';
import { crt } from './msvcr110.ts';

stdioInvalidParameterSuites(crt);
