import { universalScanfSuites } from '../c-runtime/scanf.ts';
import { crt } from './ucrtbase.ts';

universalScanfSuites(crt);
