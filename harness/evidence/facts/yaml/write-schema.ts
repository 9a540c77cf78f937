// Writes the JSON Schema of files of facts, for editors: `tsx harness/evidence/facts/yaml/write-schema.ts`.
import { writeFileSync } from 'node:fs';
import { FACT_SCHEMA_FILE, factSchemaText } from './schema-text.ts';

writeFileSync(FACT_SCHEMA_FILE, factSchemaText());
