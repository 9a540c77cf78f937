// Calls to the loader, as files of scenarios write them: a name, and what follows it.
import { z } from 'zod';
import { nearestName } from '../../base/nearest-name.ts';
import { LOAD_FLAGS, type LoadFlag } from '../loader-constants.ts';
import type { LoaderCall } from '../scenario.ts';
import { fileName, line, text } from './texts.ts';

/** Counts from 1 in the file, from 0 in the code. */
const position = z
  .int()
  .min(1, 'calls are counted from 1')
  .transform((value) => value - 1);

const flags = z.union([
  z.int().min(0).max(0xffffffff),
  z.string().transform((written, context) => {
    let value = 0;
    for (const word of written.split('|').map((part) => part.trim())) {
      if (word in LOAD_FLAGS) value |= LOAD_FLAGS[word as LoadFlag];
      else {
        const near = nearestName(word, Object.keys(LOAD_FLAGS));
        const proposal = near === undefined ? 'see libloaderapi.h' : `did you mean ${near}?`;
        context.addIssue({ code: 'custom', message: `there is no flag ${word}: ${proposal}` });
      }
    }
    return value >>> 0;
  }),
]);

const symbol = z.enum(['which', 'missing']);

const resource = z.int().min(1).max(0xffff);

/** One schema for what follows the name of each call. */
const CALLS = {
  LoadLibrary: text.nullable().transform((name): LoaderCall => ({ call: 'LoadLibrary', name })),
  LoadLibraryEx: z
    .tuple([text.nullable(), flags])
    .transform(([name, value]): LoaderCall => ({ call: 'LoadLibraryEx', name, flags: value })),
  SetDllDirectory: text.nullable().transform((path): LoaderCall => ({ call: 'SetDllDirectory', path })),
  AddDllDirectory: text.transform((path): LoaderCall => ({ call: 'AddDllDirectory', path })),
  RemoveDllDirectory: position.transform((of): LoaderCall => ({ call: 'RemoveDllDirectory', of })),
  SetDefaultDllDirectories: flags.transform((value): LoaderCall => ({
    call: 'SetDefaultDllDirectories',
    flags: value,
  })),
  FreeLibrary: position.transform((of): LoaderCall => ({ call: 'FreeLibrary', of })),
  GetModuleHandle: text.transform((name): LoaderCall => ({ call: 'GetModuleHandle', name })),
  GetProcAddress: z
    .tuple([position, line])
    .transform(([of, name]): LoaderCall => ({ call: 'GetProcAddress', of, name })),
  CallImport: z.union(
    [
      symbol.transform((written): LoaderCall => ({ call: 'CallImport', of: undefined, symbol: written })),
      z
        .tuple([position, symbol])
        .transform(([of, written]): LoaderCall => ({ call: 'CallImport', of, symbol: written })),
    ],
    { error: 'must be which or missing, or a call and one of them: [1, missing]' },
  ),
  CallDelayed: z
    .tuple([fileName, symbol])
    .transform(([file, written]): LoaderCall => ({ call: 'CallDelayed', file, symbol: written })),
  same: z.tuple([position, position]).transform((of): LoaderCall => ({ call: 'same', of })),
  SearchPath: z.union([
    text.transform((name): LoaderCall => ({ call: 'SearchPath', path: null, name, extension: null })),
    z
      .strictObject({ name: text, path: text.nullable().default(null), extension: text.nullable().default(null) })
      .transform((written): LoaderCall => ({ call: 'SearchPath', ...written })),
  ]),
  ActivateActCtx: z
    .strictObject({ source: text, directory: text.optional(), resource: resource.optional() })
    .transform((written): LoaderCall => ({
      call: 'ActivateActCtx',
      source: written.source,
      directory: written.directory,
      resource: written.resource,
    })),
  SetEnvironmentVariable: z
    .tuple([line, text.nullable()])
    .transform(([name, value]): LoaderCall => ({ call: 'SetEnvironmentVariable', name, value })),
  SetCurrentDirectory: text.transform((path): LoaderCall => ({ call: 'SetCurrentDirectory', path })),
  lock: text.transform((path): LoaderCall => ({ call: 'lock', path })),
  CreateHardLink: z
    .tuple([text, text])
    .transform(([path, existing]): LoaderCall => ({ call: 'CreateHardLink', path, existing })),
} as const;

const CALL_NAMES = [...Object.keys(CALLS), 'DeactivateActCtx'];

export const call = z.unknown().transform((written, context): LoaderCall => {
  if (written === 'DeactivateActCtx') return { call: 'DeactivateActCtx' };
  const entries: [string, unknown][] = typeof written === 'object' && written !== null ? Object.entries(written) : [];
  const [name, argument] = entries[0] ?? [typeof written === 'string' ? written : '', undefined];
  if (!(name in CALLS)) {
    const near = nearestName(name, CALL_NAMES);
    const proposal = near === undefined ? `the calls are ${CALL_NAMES.join(', ')}` : `did you mean ${near}?`;
    context.addIssue({ code: 'custom', message: `there is no call "${name}": ${proposal}` });
    return z.NEVER;
  }
  if (entries.length !== 1) {
    context.addIssue({ code: 'custom', message: 'must be one call, for example "- LoadLibrary: x.dll"' });
    return z.NEVER;
  }
  const result = CALLS[name as keyof typeof CALLS].safeParse(argument);
  if (result.success) return result.data;
  // Pushed whole: the issue of a union has those of its forms inside.
  for (const issue of result.error.issues)
    context.issues.push({ ...issue, path: [name, ...issue.path], input: argument } as z.core.$ZodRawIssue);
  return z.NEVER;
});
