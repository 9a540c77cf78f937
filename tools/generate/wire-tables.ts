import { readFileSync } from 'node:fs';
import ts from 'typescript';
import * as layout from '../../protocol/wire/layout.ts';
import * as messages from '../../protocol/wire/messages.ts';
import { PROTOCOL_VERSION } from '../../protocol/wire/version.ts';
import { markdownTable } from './markdown-table.ts';

const FILES = ['layout', 'messages'].map((name) => new URL(`../../protocol/wire/${name}.ts`, import.meta.url));
const VALUES: Readonly<Record<string, unknown>> = { ...layout, ...messages };

export function wireVersion(): string {
  return `Protocol version: ${PROTOCOL_VERSION.toString()}.`;
}

/** The members of one object of protocol/wire, by their numbers, with what their comments say. */
export function wireTable(name: string): string {
  const values = Object.entries(VALUES[name] as Readonly<Record<string, number>>);
  const comments = commentsOf(name);
  const isOffset = name !== 'TO_AGENT' && name !== 'TO_HOST';
  const rows = values.map(([member, value]) => {
    const comment = comments.get(member);
    if (comment === undefined) throw new Error(`protocol/wire: ${name}.${member} has no comment.`);
    return {
      member,
      value,
      comment,
      isSize:
        isOffset &&
        /^(?:.*_)?(?:BYTES|COUNT|CHARACTERS|DEPTH|STUBS|SLOTS)$/.test(member) &&
        comment.startsWith('Size: '),
    };
  });
  const table = rows.filter(({ isSize }) => !isSize).sort((one, other) => one.value - other.value);
  const sizes = rows.filter(({ isSize }) => isSize);
  const grouped = (value: number): string => value.toLocaleString('en-US');
  return [
    markdownTable(
      [isOffset ? 'offset' : 'kind', 'name', 'meaning'],
      table.map(({ member, value, comment }) => [grouped(value), `\`${member}\``, comment]),
    ),
    ...(sizes.length === 0
      ? []
      : [
          markdownTable(
            ['size', 'name', 'meaning'],
            sizes.map(({ member, value, comment }) => [grouped(value), `\`${member}\``, comment.replace('Size: ', '')]),
          ),
        ]),
  ].join('\n\n');
}

/** By member, its comment as one line of text. */
function commentsOf(name: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const file of FILES) {
    const source = ts.createSourceFile(file.pathname, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    for (const statement of source.statements) {
      if (!ts.isVariableStatement(statement)) continue;
      for (const { name: declared, initializer } of statement.declarationList.declarations) {
        if (declared.getText() !== name || !initializer || !ts.isAsExpression(initializer)) continue;
        if (!ts.isObjectLiteralExpression(initializer.expression)) continue;
        for (const member of initializer.expression.properties) {
          const text = ts
            .getJSDocCommentsAndTags(member)
            .map((comment) => ts.getTextOfJSDocComment(comment.comment) ?? '')
            .join(' ')
            .replace(/\s+/g, ' ');
          if (text !== '') found.set(member.name?.getText() ?? '', text);
        }
      }
    }
  }
  return found;
}
