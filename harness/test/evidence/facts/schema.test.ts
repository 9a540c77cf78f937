import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FACT_SCHEMA_FILE, factSchemaText } from '../../../evidence/facts/yaml/schema-text.ts';

it('the schema for editors is that of the reader: `npm run generate` writes it', () => {
  expect(readFileSync(FACT_SCHEMA_FILE, 'utf8')).toBe(factSchemaText());
});
