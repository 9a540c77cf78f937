// Writes the JSON Schema of files of facts, for editors: `tsx harness/evidence/facts/yaml/write-schema.ts`.
import writeFileAtomic from 'write-file-atomic';
import { FACT_SCHEMA_FILE, factSchemaText } from './schema-text.ts';

writeFileAtomic.sync(FACT_SCHEMA_FILE, factSchemaText());
