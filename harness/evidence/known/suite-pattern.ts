/** Whether a suite is one of those that a declaration is about: a `*` stands for any characters. */
export function namesSuite(pattern: string, suite: string): boolean {
  if (!pattern.includes('*')) return pattern === suite;
  const [start = '', ...parts] = pattern.split('*');
  if (!suite.startsWith(start)) return false;
  const end = parts.pop() ?? '';
  let at = start.length;
  for (const part of parts) {
    const found = suite.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return suite.length - end.length >= at && suite.endsWith(end);
}
