import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { allKinds } from './kinds.ts';

const sources = fileURLToPath(new URL('../../../../reference-dlls/faults/', import.meta.url));
const page = readFileSync(new URL('../../../../docs/reference/faults.md', import.meta.url), 'utf8');
const EXPORTED = /^(?:NAKED_KIND|KIND|INSTRUCTION)\((\w+)[,)]|^EXPORT int (\w+)\(int value\)/gm;

/** `faults_memory read_null` for each export that misbehaves. */
function exported(): string[] {
  const found = new Set<string>();
  for (const file of readdirSync(sources).filter((name) => /\.(c|cpp)$/.test(name))) {
    const dll = file.replace(/\.\w+$/, '');
    for (const [, kind, plain] of readFileSync(sources + file, 'utf8').matchAll(EXPORTED)) {
      const name = kind ?? plain ?? '';
      if (name !== 'name') found.add(`${dll} ${name}`);
    }
  }
  return [...found].sort();
}

describe('the table of faults', () => {
  it('has a row for every export that misbehaves, and no others', () => {
    expect(allKinds.map(({ dll, name }) => `${dll} ${name}`).sort()).toEqual(exported());
  });

  it('has 40 kinds and more', () => {
    expect(new Set(allKinds.map(({ name }) => name)).size).toBe(allKinds.length);
    expect(allKinds.length).toBeGreaterThanOrEqual(40);
  });

  it.each(allKinds)('$name is documented', ({ name }) => {
    expect(page).toContain(`\`${name}\``);
  });
});
