import { z } from 'zod';
import { factFile } from './file-schema.ts';

/** Every key that the notation has, for the proposal of one. */
export const ALL_KEYS: readonly string[] = [...keysIn(z.toJSONSchema(factFile, { io: 'input' }))];

function keysIn(schema: unknown, found = new Set<string>()): Set<string> {
  if (typeof schema !== 'object' || schema === null) return found;
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties') for (const name of Object.keys(value as object)) found.add(name);
    keysIn(value, found);
  }
  return found;
}
