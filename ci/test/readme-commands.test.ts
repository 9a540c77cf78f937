import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { chosenCommands, readmeCommands } from '../clean-room/readme-commands.ts';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

test('the commands that a clean room runs are those of the README, without their comments', () => {
  expect(readmeCommands(README)).toEqual(['npm run conformance', 'npm test']);
});

test('a README without them is refused', () => {
  expect(() => readmeCommands('## Try it\n\nNothing to run.\n\n## Next\n\n```sh\nls\n```\n')).toThrow('no shell block');
  expect(() => readmeCommands('## Try it\n\n```sh\n# later\n```\n')).toThrow('no shell block');
});

test('one is chosen by its last word', () => {
  expect(chosenCommands(['npm run conformance', 'npm test'], 'conformance')).toEqual(['npm run conformance']);
  expect(chosenCommands(['npm run conformance', 'npm test'], undefined)).toHaveLength(2);
  expect(() => chosenCommands(['npm run conformance', 'npm test'], 'fun')).toThrow('(conformance, test); it got "fun"');
});
