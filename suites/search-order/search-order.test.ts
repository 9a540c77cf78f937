// Every rule by which Windows chooses among several DLLs of one name; docs/guides/search-order.md explains them.
import { scenarios } from 'dllparity';

scenarios([import.meta.dirname]);
