import { lstatSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { prefixTemplate } from '../steps/prefix-template.mjs';
import { stepContext } from './step-context.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('an interrupted set-up leaves nothing; two at once make one template', async () => {
  const cache = temporaryFolder();
  const templates = join(cache, 'templates');

  const controller = new AbortController();
  const interrupted = prefixTemplate.run(stepContext({ cache, signal: controller.signal }));
  void sleep(500).then(() => controller.abort());
  await expect(interrupted).rejects.toThrow('interrupted');
  expect(readdirSync(templates)).toEqual([]);

  const results = await Promise.all(
    [stepContext({ cache }), stepContext({ cache })].map((context) => prefixTemplate.run(context)),
  );
  expect(results.map((result) => result.changed).sort()).toEqual([false, true]);
  const [name, ...others] = readdirSync(templates);
  expect(others).toEqual([]);
  expect(name).toMatch(/^[\d.]+-x64-[0-9a-f]{12}$/);

  const template = join(templates, name!);
  const about: unknown = JSON.parse(readFileSync(join(template, 'dllparity-template.json'), 'utf8'));
  expect(about).toMatchObject({ wine: expect.stringMatching(/^wine-/), architecture: 'x64', recipe: name!.slice(-12) });
  expect(readFileSync(join(template, 'system.reg'), 'utf8')).toContain('"ProductName"="Microsoft Windows 10"');
  const users = readdirSync(join(template, 'drive_c/users'), { recursive: true, withFileTypes: true });
  expect(users.filter((entry) => entry.isSymbolicLink())).toEqual([]);
  // What Debian's Wine records of a running server must not be cloned.
  expect(() => lstatSync(join(template, 'wineserver'))).toThrow('ENOENT');
});
