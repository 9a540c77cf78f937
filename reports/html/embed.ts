import { gzipSync } from 'node:zlib';
import { markup, Markup } from './markup.ts';

/** JSON inside a page: a data block that no script runs and no tag can end. */
export function jsonBlock(id: string, value: unknown): Markup {
  const json = JSON.stringify(value).replaceAll('<', '\\u003c');
  return markup`<script type="application/json" id="${id}">${new Markup(json)}</script>`;
}

/** JSON compressed with gzip and written in base64, for what is read only when somebody looks. */
export function compressedBlock(id: string, value: unknown): Markup {
  const data = gzipSync(JSON.stringify(value), { level: 9 }).toString('base64');
  return markup`<script type="application/gzip" id="${id}">${new Markup(data)}</script>`;
}
