// Writes the JSON Schema of results.jsonl to docs/reference/results.schema.json: `npm run generate`. With `--check` it only says whether the file is current.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import writeFileAtomic from 'write-file-atomic';
import { format, resolveConfig } from 'prettier';
import { z } from 'zod';
import { RESULT_SCHEMA, ResultRecordSchema } from '../../protocol/records/result-record.ts';

const target = new URL('../../docs/reference/results.schema.json', import.meta.url);
const schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: `A line of results.jsonl, schema ${RESULT_SCHEMA.toString()}`,
  ...z.toJSONSchema(ResultRecordSchema, { io: 'input' }),
};
const options = (await resolveConfig(target)) ?? {};
const text = await format(JSON.stringify(schema), { ...options, parser: 'json' });
if (!process.argv.includes('--check')) writeFileAtomic.sync(fileURLToPath(target), text);
else if (readFileSync(target, 'utf8') !== text) {
  console.error('docs/reference/results.schema.json is not what protocol/records says; run `npm run generate`.');
  process.exitCode = 1;
}
