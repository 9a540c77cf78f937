import { readFileSync } from 'node:fs';

/** Version of dllparity. The file is found from the sources and from the build, one folder deeper. */
export const version: string = (() => {
  for (const path of ['../package.json', '../../package.json']) {
    try {
      const { name, version: found } = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as {
        name: string;
        version: string;
      };
      if (name === 'dllparity') return found;
    } catch {
      // Not there: the next place.
    }
  }
  return 'unknown';
})();
