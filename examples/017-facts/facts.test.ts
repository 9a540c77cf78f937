// Documented facts: data with citations, each function of which becomes a test.
import { facts } from 'dllparity';

facts([import.meta.dirname]);
