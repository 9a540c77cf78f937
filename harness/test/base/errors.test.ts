import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DllparityError, ERROR_CODES, isDllparityError } from '../../base/errors.ts';

describe('DllparityError', () => {
  it('says what happened, numbers with units, where, evidence and the next step', () => {
    const error = new DllparityError('AGENT_BOOT_TIMEOUT', {
      what: 'The agent did not answer',
      figures: [{ name: 'limit', value: 30000, unit: 'ms' }],
      where: { file: 'dllparity.config.ts', line: 3, column: 5 },
      excerpt: '3 | x\n  | ^',
      details: ['0024:err:module:import_dll not found'],
      hint: 'Raise bootTimeoutMs.',
      cause: new Error('no hello'),
    });
    expect(error.message).toBe(
      [
        'The agent did not answer (limit 30,000 ms) [AGENT_BOOT_TIMEOUT]',
        '  at dllparity.config.ts:3:5',
        '    3 | x',
        '      | ^',
        '    0024:err:module:import_dll not found',
        '  because: no hello',
        '  next: Raise bootTimeoutMs.',
      ].join('\n'),
    );
    expect(error).toMatchObject({ name: 'DllparityError', code: 'AGENT_BOOT_TIMEOUT', hint: 'Raise bootTimeoutMs.' });
    expect(error.where).toEqual({ file: 'dllparity.config.ts', line: 3, column: 5 });
    expect((error.cause as Error).message).toBe('no hello');
  });

  it('escapes what would move the cursor of whoever reads it', () => {
    const error = new DllparityError('ARGUMENT_RANGE', {
      what: 'The text "\u009b2J\u202e\ud800"',
      details: ['one\ttwo', '\u001b[31mred\r'],
      hint: 'Pass 😀.',
    });
    expect(error.message).toBe(
      'The text "\\x9b2J\\u202e\\ud800" [ARGUMENT_RANGE]\n    one\ttwo\n    \\x1b[31mred\\x0d\n  next: Pass 😀.',
    );
  });

  it('leaves out the parts there are none of', () => {
    const error = new DllparityError('AGENT_CLOSED', { what: 'Closed', hint: 'Boot another.' });
    expect(error.message).toBe('Closed [AGENT_CLOSED]\n  next: Boot another.');
    expect(error).not.toHaveProperty('cause');
    expect(error.where).toBeUndefined();
  });

  it('prints 64-bit sizes exactly and names a file without a line', () => {
    const error = new DllparityError('CALL_OUT_OF_MEMORY', {
      what: 'Too large',
      figures: [{ name: 'needed', value: 9007199254740993n, unit: 'bytes' }],
      where: { file: 'a.ts', column: 4 },
      hint: 'Use less.',
    });
    expect(error.message).toContain('(needed 9,007,199,254,740,993 bytes)');
    expect(error.message).toContain('at a.ts\n');
  });

  it('is told apart by code, across copies of the package', () => {
    const error = new DllparityError('DLL_NOT_FOUND', { what: 'x', hint: 'y' });
    const foreign = Object.assign(new Error('x'), { [Symbol.for('dllparity.error')]: true, code: 'DLL_NOT_FOUND' });
    expect(isDllparityError(error)).toBe(true);
    expect(isDllparityError(error, 'DLL_NOT_FOUND')).toBe(true);
    expect(isDllparityError(foreign, 'DLL_NOT_FOUND')).toBe(true);
    expect(isDllparityError(error, 'AGENT_GONE')).toBe(false);
    for (const other of [new Error('x'), null, undefined, 'DLL_NOT_FOUND', { code: 'DLL_NOT_FOUND' }]) {
      expect(isDllparityError(other)).toBe(false);
    }
  });
});

describe('docs/reference/errors.md', () => {
  const page = readFileSync(new URL('../../../docs/reference/errors.md', import.meta.url), 'utf8');
  const sections = new Map(
    page
      .split(/^## /m)
      .slice(1)
      .map(
        (section) => [section.slice(0, section.indexOf('\n')), section.slice(section.indexOf('\n')).trim()] as const,
      ),
  );

  it('has a section for each code, in the order of the table, and no other', () => {
    expect([...sections.keys()]).toEqual(Object.keys(ERROR_CODES));
  });

  it.each(Object.entries(ERROR_CODES))('explains %s', (code, sentence) => {
    const section = sections.get(code) ?? '';
    expect(section.split('\n')[0]).toBe(sentence);
    expect(section).toMatch(/^\*\*Cause\*\* \S/m);
    expect(section).toMatch(/^\*\*What to do\*\* \S/m);
    expect(/^```text\n([^]*?)^```$/m.exec(section)?.[1]).toMatch(
      new RegExp(`\\[${code}\\]\\n(?:  .*\\n)*  next: .*\\n$`),
    );
  });
});
