import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import ts from 'typescript';
import { complaints, type Gate } from '../gate.ts';

const ERRORS = 'harness/base/errors.ts';
const ERROR_PAGE = 'docs/reference/errors.md';

/** Every error code has its section in the documentation, and no link in it leads nowhere. */
export const docs: Gate = {
  name: 'docs',
  async run(root, files) {
    const pages = files.filter((file) => file.endsWith('.md'));
    const found: string[] = [];
    for (const page of pages) found.push(...deadLinks(root, page, await readFile(join(root, page), 'utf8')));
    if (!files.includes(ERRORS) || !files.includes(ERROR_PAGE)) {
      return complaints(`links of ${pages.length} pages (${ERROR_PAGE} is not written yet)`, found);
    }
    const codes = errorCodes(await readFile(join(root, ERRORS), 'utf8'));
    if (codes.length === 0)
      found.push(`${ERRORS}: no error codes were found; ci/gates/docs.ts expects an object ERROR_CODES.`);
    found.push(...undocumented(codes, await readFile(join(root, ERROR_PAGE), 'utf8')));
    return complaints(`${codes.length} error codes, links of ${pages.length} pages`, found);
  },
};

/** Keys of `ERROR_CODES`. */
export function errorCodes(text: string): readonly string[] {
  const source = ts.createSourceFile(ERRORS, text, ts.ScriptTarget.Latest);
  const codes: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.name.text === 'ERROR_CODES') {
      codes.push(...keysOf(node.initializer));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return codes;
}

function keysOf(expression: ts.Expression | undefined): readonly string[] {
  let inner = expression;
  while (inner && (ts.isSatisfiesExpression(inner) || ts.isAsExpression(inner))) inner = inner.expression;
  if (!inner || !ts.isObjectLiteralExpression(inner)) return [];
  return inner.properties.flatMap((property) =>
    property.name && (ts.isIdentifier(property.name) || ts.isStringLiteral(property.name)) ? [property.name.text] : [],
  );
}

/** Codes without a heading, and headings of codes that are gone. */
export function undocumented(codes: readonly string[], page: string): readonly string[] {
  const headings = new Set(
    [...page.matchAll(/^#+\s+`?([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)`?\s*$/gm)].map((match) => match[1] ?? ''),
  );
  const missing = codes.filter((code) => !headings.has(code));
  const gone = [...headings].filter((code) => !codes.includes(code));
  return [
    ...missing.map((code) => `${ERROR_PAGE}: no section is headed ${code}, which ${ERRORS} declares.`),
    ...gone.map((code) => `${ERROR_PAGE}: has a section ${code}, which ${ERRORS} does not declare.`),
  ];
}

function deadLinks(root: string, page: string, text: string): readonly string[] {
  const found: string[] = [];
  // Code blocks show text that only looks like a link.
  const prose = text.replaceAll(/^(```|~~~).*?^\1/gms, '').replaceAll(/`[^`\n]*`/g, '');
  for (const match of prose.matchAll(/\]\(([^)\s]+)\)/g)) {
    const link = match[1] ?? '';
    if (/^([a-z]+:|#)/.test(link)) continue;
    const target = posix.join(posix.dirname(page), decodeURI(link.replace(/#.*$/, '')));
    if (!existsSync(join(root, target))) found.push(`${page}: links to ${link}, and there is no ${target}.`);
  }
  return found;
}
