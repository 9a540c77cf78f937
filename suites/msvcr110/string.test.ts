import { stringSuites } from '../c-runtime/string.ts';
import { wideStringSuites } from '../c-runtime/wide-string.ts';
import { crt } from './msvcr110.ts';

stringSuites(crt);
wideStringSuites(crt);
