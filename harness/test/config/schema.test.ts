import { readFileSync } from 'node:fs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import type { Config } from '../../config/config.ts';
import { OPTION_NAMES, OPTIONS } from '../../config/options.ts';
import { configSchema } from '../../config/schema.ts';

describe('the option table', () => {
  it('is what the type of the configuration says', () => {
    expectTypeOf<z.output<typeof configSchema>>().toEqualTypeOf<Config>();
  });

  it('covers the schema: no option without a variable, and none twice', () => {
    const dotted = Object.entries(configSchema.shape).flatMap(([name, schema]) =>
      (name === 'log' || name === 'limits' || name === 'recycle') && 'unwrap' in schema
        ? Object.keys((schema.unwrap() as z.ZodObject).shape).map((key) => `${name}.${key}`)
        : [name],
    );
    expect(dotted).toEqual(OPTION_NAMES);
    expect(new Set(OPTION_NAMES.map((name) => OPTIONS[name].variable)).size).toBe(OPTION_NAMES.length);
  });

  it.each(OPTION_NAMES)('names the variable of %s after it, and its default passes its own schema', (name) => {
    const words = name.replace('.', '_').replace(/([A-Z])/g, '_$1');
    expect(OPTIONS[name].variable).toBe(`DLLPARITY_${words.toUpperCase()}`);
    expect(OPTIONS[name].schema.safeParse(OPTIONS[name].fallback).success).toBe(true);
  });
});

describe('documentation', () => {
  const types = readFileSync(new URL('../../config/config.ts', import.meta.url), 'utf8');

  it.each(OPTION_NAMES)('says the default of %s in its docblock', (name) => {
    const [group = '', key = group] = name.split('.');
    const interfaceName = group === key ? 'Config' : `${group.charAt(0).toUpperCase()}${group.slice(1)}Config`;
    const from = types.slice(types.indexOf(`interface ${interfaceName} `));
    const docblock = new RegExp(`/\\*\\*((?:(?!\\*/)[^])*)\\*/\\s+${key}\\?:`).exec(from)?.[1] ?? '';
    const { fallback } = OPTIONS[name];
    const said =
      typeof fallback === 'string' ? `'${fallback}'` : fallback === undefined ? 'undefined' : JSON.stringify(fallback);
    expect(docblock).toContain(`@default ${said}`);
    if (key.endsWith('Ms')) expect(docblock).toContain('in milliseconds');
    if (key.endsWith('Bytes')) expect(docblock).toContain('in bytes');
    if (key.endsWith('Microseconds')) expect(docblock).toContain('in microseconds');
  });
});
