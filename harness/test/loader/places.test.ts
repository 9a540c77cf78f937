import { describe, expect, test } from 'vitest';
import { expandFolders, unknownPlace } from '../../loader/places.ts';

const ROOT = 'C:\\scenarios\\7';

describe('a folder in braces', () => {
  test.each([
    ['{other}\\x.dll', 'C:\\scenarios\\7\\other\\x.dll'],
    ['{root}\\app', 'C:\\scenarios\\7\\app'],
    ['{other rooted}\\x.dll', '\\scenarios\\7\\other\\x.dll'],
    ['{other slashes}/x.dll', 'C:/scenarios/7/other/x.dll'],
    ['{system32 rooted slashes}/x.dll', '/windows/system32/x.dll'],
    ['{dir1};{dir2}', 'C:\\scenarios\\7\\dir1;C:\\scenarios\\7\\dir2'],
  ])('%s is %s', (text, path) => {
    expect(expandFolders(text, ROOT)).toBe(path);
    expect(unknownPlace(text)).toBeUndefined();
  });

  test('that there is not stays as it is, and is found', () => {
    expect(expandFolders('{othr}\\{other slashs}', ROOT)).toBe('{othr}\\{other slashs}');
    expect(unknownPlace('{other}\\{othr}')).toEqual({ place: '{othr}', word: 'othr' });
    expect(unknownPlace('{other slashs}')).toEqual({ place: '{other slashs}', word: 'slashs' });
  });
});
