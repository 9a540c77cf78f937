import type {
  WhichModule,
  WhichNeed,
  WhichProblem,
  WhichRecord,
  WhichRetry,
} from '../../protocol/records/which-record.ts';

/** How one DLL needs another, where it is not a plain import. */
export const HOW: Readonly<Record<WhichNeed['how'], string>> = {
  import: '',
  'delay-import': 'when first called',
  forwarder: 'by a forwarder',
  load: 'asked for',
};

/** Signs of verdicts, before the name of a DLL. */
export const MARKS: Readonly<Record<WhichModule['verdict'], string>> = { same: '', differs: '≠', unknown: '?' };

export const SEVERITIES: Readonly<Record<WhichProblem['severity'], { readonly sign: string; readonly name: string }>> =
  {
    error: { sign: '✕', name: 'error' },
    warning: { sign: '!', name: 'warning' },
    risk: { sign: '⚠', name: 'risk' },
  };

export function windowsText({ windows }: WhichModule): string {
  switch (windows.state) {
    case 'program':
      return '';
    case 'file':
      return `${windows.path ?? ''} · ${windows.because}`;
    case 'windows':
      return `Windows's own · ${windows.because}`;
    case 'missing':
      return 'missing';
    case 'refused':
      return `${windows.path ?? ''} · refused: ${windows.because}`;
    case 'unknown':
      return 'unknown';
  }
}

export function wineText({ windows, wine }: WhichModule): string {
  switch (wine.state) {
    case 'loaded': {
      const isThatFile = windows.state === 'file' && wine.path?.toLowerCase() === windows.path?.toLowerCase();
      if (wine.code === 'native') return isThatFile ? 'native, that file' : `native · ${wine.path ?? ''}`;
      if (isThatFile) return 'builtin, under the path of that file';
      return isOfSystem(wine.path) ? 'builtin' : `builtin, under the path ${wine.path ?? ''}`;
    }
    case 'api-set':
      return 'builtin, by the API set';
    case 'missing':
      return 'missing';
    case 'failed':
      return `failed: ${wine.error ?? ''}`;
    case 'not-loaded':
      return 'not loaded';
  }
}

function isOfSystem(path: string | null): boolean {
  return /^c:\\windows\\(system32|syswow64)\\[^\\]*$/i.test(path ?? '');
}

/** What came of the second run for one name. */
export function retryText(override: string, retry: WhichRetry, { modules }: WhichRecord): string {
  const name = override.slice(0, override.indexOf('='));
  const start =
    retry.state === 'started' ? 'the program starts' : `the program does not start (${retry.status ?? retry.state})`;
  const changes = retry.changes.flatMap(({ module, wine }) => {
    const found = modules[module];
    const isIt = found !== undefined && found.name.toLowerCase().replace(/\.dll$/, '') === name;
    return isIt ? [wineText({ ...found, wine })] : [];
  });
  const came = changes.length === 0 ? 'nothing changes' : changes.join(', ');
  return `Tried with WINEDLLOVERRIDES=${retry.overrides}: ${start}; ${name}: ${came}.`;
}

/** Modules that nothing asks for by name, in one line for each kind. */
export function othersText({ run }: WhichRecord): { readonly label: string; readonly text: string }[] {
  const nameOf = (path: string): string => path.slice(path.lastIndexOf('\\') + 1);
  const builtin = run.others.filter(({ code }) => code === 'builtin').map(({ path }) => nameOf(path));
  const native = run.others.filter(({ code }) => code === 'native').map(({ path }) => path);
  return [
    ...(builtin.length === 0 ? [] : [{ label: "Loaded beside them by Wine's own DLLs", text: builtin.join(', ') }]),
    ...(native.length === 0
      ? []
      : [{ label: 'Loaded by code of a DLL, when it was loaded (DllMain)', text: native.join(', ') }]),
  ];
}
