import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'dllparity';
import { folderWith } from './temporary-folder.ts';
import { packageRoot } from '../../base/package-root.ts';
import { installation } from '../reference-dlls.ts';

function dllparity(...args: string[]): Promise<{ exitCode?: number | undefined; stdout: string; stderr: string }> {
  const program = ['--import', 'tsx', join(packageRoot, 'harness', 'cli', 'main.ts')];
  return execa(process.execPath, [...program, ...args], { cwd: packageRoot, reject: false });
}

function file(expected: string): string {
  return `rule: mine
scenarios:
  - id: mine-app
    title: a copy in the folder of the program, and one in the current folder
    files:
      app/x.dll: dll
      cwd/x.dll: dll
    calls:
      - LoadLibrary: x.dll
    expect: ${expected}
    evidence: unverified
    source: a test
`;
}

test('a scenario of one’s own is run on the runtime that is named, and its exit code says whether all is as declared', async () => {
  const root = folderWith({
    'right.yaml': file('app'),
    'wrong.yaml': file('cwd'),
    'bad.yaml': file('app\n    colour: red'),
  });
  const { id } = installation;
  const json = join(root, 'out', 'run.json');

  const right = await dllparity('scenario', 'run', join(root, 'right.yaml'), '--runtime', id, '--json', json);
  expect(right.stdout).toMatch(new RegExp(`mine-app +app +unverified +app +match[^]*1 scenario on ${id} in .* 1 match`)); // prettier-ignore
  expect([right.exitCode, right.stderr]).toEqual([0, '']);
  const written: unknown = JSON.parse(readFileSync(json, 'utf8'));
  expect(written).toMatchObject({ runtime: id, scenarios: [{ id: 'mine-app', outcome: ['app'], verdict: 'match', exitCode: 0 }] }); // prettier-ignore

  const wrong = await dllparity('scenario', 'run', join(root, 'wrong.yaml'), '--runtime', id);
  expect(wrong.stdout).toMatch(/mine-app: divergence[^]*Windows: cwd[^]*call 1, LoadLibrary: app, C:\\scenarios\\\d+\\app\\x\.dll/); // prettier-ignore
  expect(wrong.exitCode).toBe(1);

  const bad = await dllparity('scenario', 'list', join(root, 'bad.yaml'));
  expect(bad.stderr).toMatch(/there is no field "colour" here \[SCENARIO_SYNTAX\]\n {2}at .*bad\.yaml:11:5/);
  expect(bad.exitCode).toBe(70);
});
