// Writes layout.h from protocol/: `tsx agent/native/write-layout.ts`; with `--check` it only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { LAYOUT_FINGERPRINT } from '../../protocol/wire/fingerprint.ts';
import * as layout from '../../protocol/wire/layout.ts';
import * as messages from '../../protocol/wire/messages.ts';
import { MAGIC, PROTOCOL_VERSION } from '../../protocol/wire/version.ts';

const target = new URL('./layout.h', import.meta.url);

function definitions(exports: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(exports).flatMap(([name, value]) =>
    typeof value === 'number'
      ? [`#define ${name} ${value.toString()}`]
      : Object.entries(value as Readonly<Record<string, number>>).map(
          ([key, number]) => `#define ${name}_${key} ${number.toString()}`,
        ),
  );
}

const text = [
  '/* Generated from protocol/ by agent/native/write-layout.ts. Do not edit. */',
  '#ifndef LAYOUT_H',
  '#define LAYOUT_H',
  `#define LAYOUT_PROTOCOL_VERSION ${PROTOCOL_VERSION.toString()}`,
  `#define LAYOUT_MAGIC 0x${MAGIC.toString(16)}`,
  `#define LAYOUT_FINGERPRINT 0x${LAYOUT_FINGERPRINT.toString(16)}`,
  ...definitions(layout),
  ...definitions(messages),
  '#endif',
  '',
].join('\n');

if (!process.argv.includes('--check')) {
  writeFileSync(target, text);
} else if (readFileSync(target, 'utf8') !== text) {
  process.stderr.write('agent/native/layout.h does not match protocol/. Run `npm run generate`.\n');
  process.exitCode = 1;
}
