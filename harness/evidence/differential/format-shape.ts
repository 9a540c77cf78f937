/** A conversion of the printf family, and of scanf's as far as these are alike. */
const CONVERSION =
  /%([-+ #0']*)(\*|\d+)?(?:\.(\*|\d+|))?(hh|h|ll|l|L|I64|I32|I|w|z|j|t|T)?([a-zA-Z%&]|\[\^?\]?[^\]]*\])?/g;

/**
 * The conversions of a format, each kind once, without the numbers in them: `%08.3f and %5d` is `%0w.pf %wd`. A precision of 0 is a
 * case of its own.
 */
export function formatShape(format: string): string {
  const found: string[] = [];
  for (const [, flags = '', width, precision, size = '', letter = ''] of format.matchAll(CONVERSION)) {
    const sorted = [...new Set(flags)].toSorted().join('');
    const shownWidth = width === undefined ? '' : width === '*' ? '*' : 'w';
    const shownPrecision = precision === undefined ? '' : `.${/^0*$/.test(precision) ? '0' : precision === '*' ? '*' : 'p'}`;
    found.push(`%${sorted}${shownWidth}${shownPrecision}${size}${letter.startsWith('[') ? '[' : letter}`);
  }
  const kinds = [...new Set(found)];
  return kinds.length === 0 ? 'no conversion' : kinds.join(' ');
} // prettier-ignore
