import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { outputOf } from './programs.ts';

/** How this machine reaches Debian's and npm's servers; a bare machine gets the same, and nothing else of it. */
export interface OuterMachine {
  /** Entries for Debian 12 in the form of a `.sources` file; empty when this machine has none. */
  readonly debianSources: string;
  /** Settings of apt's downloads, as `apt-config dump` prints them. */
  readonly aptConfiguration: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Absolute paths that the above name, and those that name resolution needs. */
  readonly files: readonly string[];
}

const SUITE_OF_DEBIAN_12 = /^Suites: (?:bookworm[\w-]*\s*)+$/m;
const DOWNLOADS = /^Acquire::(?:http|https|ftp|Check-|Retries|Languages|IndexTargets::deb::DEP-11)/;
// Where programs look for a proxy and for certificates.
const VARIABLES = ['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'] as const; // prettier-ignore
const NPM_SETTINGS = ['registry', 'proxy', 'https-proxy', 'noproxy', 'cafile', 'strict-ssl'] as const;

export async function readOuterMachine(env: NodeJS.ProcessEnv): Promise<OuterMachine> {
  const environment: Record<string, string> = {};
  for (const name of VARIABLES) {
    const value = env[name];
    if (value !== undefined) environment[name] = value;
  }
  // As variables: the bare machine's home folder stays empty.
  for (const name of NPM_SETTINGS) {
    const value = (await outputOf('npm', ['config', 'get', name])).trim();
    if (value !== '' && value !== 'null' && value !== 'undefined')
      environment[`npm_config_${name.replace('-', '_')}`] = value;
  }
  const dump = (await outputOf('apt-config', ['dump'])).split('\n').filter((line) => DOWNLOADS.test(line));
  const certificates = dump.flatMap((line) => /::(?:CAInfo|SslCert|SslKey) "(\/.*)";$/i.exec(line)?.[1] ?? []);
  const named = [...Object.values(environment).filter((value) => value.startsWith('/')), ...certificates];
  const files = ['/etc/resolv.conf', '/etc/hosts', ...named].filter((file) => existsSync(file));
  return {
    debianSources: await debianSources(),
    aptConfiguration: dump.map((line) => `${line}\n`).join(''),
    environment,
    files: [...new Set(files)],
  };
}

/** This machine's own entries for Debian 12, so that a mirror that it uses is used. Those of other suppliers stay out. */
async function debianSources(): Promise<string> {
  const folder = '/etc/apt/sources.list.d';
  const entries: string[] = [];
  for (const name of (await readdir(folder).catch(() => [])).sort()) {
    if (!name.endsWith('.sources')) continue;
    const text = (await readFile(join(folder, name), 'utf8')).replaceAll(/^#.*\n/gm, '');
    entries.push(...text.split(/\n\s*\n/).filter((entry) => SUITE_OF_DEBIAN_12.test(entry)));
  }
  return entries.map((entry) => `${entry.trim()}\n`).join('\n');
}
