import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../../../base/package-root.ts';
import { factFile } from './file-schema.ts';

/** Where the schema is published: it comes with the package. */
export const FACT_SCHEMA_FILE = join(packageRoot, 'docs', 'reference', 'facts.schema.json');

/** The JSON Schema of files of facts, as editors read it. */
export function factSchemaText(): string {
  return `${JSON.stringify(z.toJSONSchema(factFile, { io: 'input' }), null, 2)}\n`;
}
