import { join } from 'node:path';
import { facts } from 'dllparity';

facts([join(import.meta.dirname, 'facts')]);
