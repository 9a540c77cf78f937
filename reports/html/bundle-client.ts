import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

// In dependency order: each file imports only files above it.
const FILES = [
  'dom',
  'data',
  'query',
  'address',
  'theme',
  'figure',
  'plot',
  'comparison',
  'case-row',
  'function-part',
  'table',
  'search',
  'main',
];

// Rules for narrow screens and for print come last, so that they win.
const STYLES = [
  'colours',
  'base',
  'top-bar',
  'headline',
  'verdicts',
  'facts',
  'functions',
  'scenarios',
  'which',
  'which-diagram',
  'known-and-tests',
  'function-part',
  'cases',
  'adapt-page',
  'adapt-sections',
  'adapt-cases',
];

const IMPORT = /^import \{[^}]*\} from '\.\/[a-z-]+\.js';\n/gmu;
const EXPORT = /^export (?=(?:async )?function|const|let|class)/gmu;

/** The page's script: the files of client/ as one classic script, names shared, nothing global. */
export function clientScript(): string {
  const bodies = FILES.map((name) => read(`client/${name}.js`).replace(IMPORT, '').replace(EXPORT, ''));
  return `(() => {\n'use strict';\n${bodies.join('\n')}\n})();`.replaceAll('</', '<\\/');
}

/** Of the page about a program: it has no script, so light or dark is as the reader's system says. */
const WHICH_STYLES = ['colours', 'base', 'facts', 'which', 'which-diagram'];

export function styleSheet(page: 'results' | 'which' = 'results'): string {
  return (page === 'which' ? WHICH_STYLES : STYLES).map((name) => read(`style/${name}.css`)).join('\n');
}

/** The source expression of a content security policy that allows exactly this inline text. */
export function policyHash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function read(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}
