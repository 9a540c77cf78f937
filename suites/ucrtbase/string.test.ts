import { stringSuites } from '../c-runtime/string.ts';
import { wideStringSuites } from '../c-runtime/wide-string.ts';
import { crt } from './ucrtbase.ts';

stringSuites(crt);
wideStringSuites(crt);
