import { expect, it } from 'vitest';
import { exitCodeText, statusText } from '../../../windows/ntstatus.ts';
import { showValue } from '../../../evidence/suites/show.ts';

it('shows wide texts with every control character and lone surrogate escaped', () => {
  expect(showValue('a\u001b\ud800\0', 'wchar_t *').text).toBe('"a\\x1b\\ud800\\0"');
  expect(showValue('a\u001b', 'char *').text).toBe('"a\\x1b"');
  expect(showValue('a\u0007\u009b', 'void *').text).toBe('"a\\x07\\x9b"');
  expect(showValue({ name: '\ud800' }, 'item *').text).toBe('{ name: "\\ud800" }');
});

it('shows a text that was returned as it is, and a member of that name among the others', () => {
  expect(showValue({ text: 'ab' }, 'char *').text).toBe('"ab"');
  expect(showValue({ format: '%c', text: 'ab' }, '').text).toBe('{ format: "%c", text: "ab" }');
});

it('shows numbers that JSON lacks, and pointers to elsewhere, as the words they are', () => {
  expect([showValue('-0', 'double *').text, showValue('elsewhere', 'void *').text]).toEqual(['-0', 'elsewhere']);
  expect(showValue('18446744073709551615', 'uint64_t').text).toBe('18446744073709551615');
  expect(showValue('inf', 'char *').text).toBe('"inf"');
});

it('shows a status by its name and in hexadecimal, and a small exit code as it is', () => {
  expect([3, 0xc0000417, 0xdeadbeef, null].map(exitCodeText)).toEqual([
    '3',
    'STATUS_INVALID_CRUNTIME_PARAMETER (0xC0000417)',
    '0xDEADBEEF',
    'unknown',
  ]);
  expect(statusText(0x80000100)).toBe('EXCEPTION_WINE_STUB (0x80000100)');
});
