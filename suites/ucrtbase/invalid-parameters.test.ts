import { invalidParameterSuites } from '../c-runtime/invalid-parameters.ts';
import { crt } from './ucrtbase.ts';

invalidParameterSuites(crt);
