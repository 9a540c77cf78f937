import { universalPrintfSuites } from '../c-runtime/universal-printf.ts';
import { crt } from './ucrtbase.ts';

universalPrintfSuites(crt);
