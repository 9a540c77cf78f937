// A scenario as text for a file of scenarios: what a person pastes to keep a random one.

import { stringify } from 'yaml';
import { embeddedManifests } from '../../harness/loader/embedded-manifests.ts';
import { LOAD_FLAGS } from '../../harness/loader/loader-constants.ts';
import type {
  AssemblyIdentity,
  EmbeddedManifests,
  FileContent,
  LoaderCall,
  Manifest,
  Program,
  Scenario,
  SharedAssembly,
} from '../../harness/loader/scenario.ts';
import { placeText } from '../../harness/loader/yaml/check.ts';

/** A whole file with one scenario, as `readScenarios` takes it. */
export function writeScenario(scenario: Scenario): string {
  const { id, title, files, shared, registry, calls, expect, wine, twin } = scenario;
  return stringify({
    rule: scenario.rule,
    scenarios: [
      defined({
        id,
        title,
        files: asRecord(files.map((file) => [placeText(file), content(file.content)])),
        shared: shared?.map(sharedAssembly),
        program: program(scenario.program),
        registry: asRecord(registry.map(({ path, value }) => [path, value])),
        calls: calls.length === 0 ? undefined : calls.map(call),
        expect: expect.outcome,
        evidence: expect.evidence,
        source: expect.source,
        wine: wine === undefined ? undefined : defined({ ...wine }),
        twin,
      }),
    ],
  });
}

type Fields = Readonly<Record<string, unknown>>;

function defined(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function asRecord(entries: readonly (readonly [string, unknown])[]): Fields | undefined {
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function content(made: FileContent): unknown {
  switch (made.kind) {
    case 'dll':
      return defined({
        dll: made.variant,
        architecture: made.architecture === 'own' ? undefined : made.architecture,
        imports: made.imports,
        missingSymbol: made.missingSymbol ? true : undefined,
        forwards: made.forwards,
        dllMain: made.dllMain === 'succeeds' ? undefined : made.dllMain,
        manifest: embedded(made.manifest),
      });
    case 'manifest':
      return { manifest: manifest(made.manifest) };
    case 'config':
      return { privatePath: made.privatePath };
    case 'text':
      return { text: made.text };
    case 'empty':
    case 'folder':
      return made.kind;
  }
}

function sharedAssembly({ identity: named, files, dependsOn }: SharedAssembly): Fields {
  const made = Object.fromEntries(files.map((file) => [file.name, content(file.content)]));
  return { identity: identity(named), files: made, dependsOn: dependsOn.map(identity) };
}

function embedded(made: EmbeddedManifests): Fields | readonly Fields[] | undefined {
  const all = embeddedManifests(made).map((each) => ({ resource: each.resource, ...manifest(each.manifest) }));
  return all.length > 1 ? all : all[0];
}

function manifest(made: Manifest): Fields {
  switch (made.kind) {
    case 'application':
      return defined({ application: made.dependsOn.map(identity), files: made.files });
    case 'assembly':
      return {
        assembly: { identity: identity(made.identity), files: made.files, dependsOn: made.dependsOn.map(identity) },
      };
    case 'text':
      return { text: made.text };
  }
}

function identity(made: AssemblyIdentity): unknown {
  const isShort = made.architecture === 'own' && made.language === undefined && made.publicKeyToken === undefined;
  return isShort ? `${made.name} ${made.version}` : defined({ ...made });
}

function program(made: Program): Fields | undefined {
  const fields = defined({
    folder: made.folder,
    imports: made.imports,
    missingSymbol: made.missingSymbol ? true : undefined,
    manifest: embedded(made.manifest),
    environment: Object.keys(made.environment).length === 0 ? undefined : made.environment,
    parentDllDirectory: made.parentDllDirectory,
  });
  return Object.keys(fields).length === 0 ? undefined : fields;
}

function call(made: LoaderCall): unknown {
  switch (made.call) {
    case 'LoadLibrary':
    case 'GetModuleHandle':
      return { [made.call]: made.name };
    case 'LoadLibraryEx':
      return { LoadLibraryEx: [made.name, flagsText(made.flags)] };
    case 'SetDllDirectory':
    case 'AddDllDirectory':
    case 'SetCurrentDirectory':
    case 'lock':
      return { [made.call]: made.path };
    case 'SetDefaultDllDirectories':
      return { SetDefaultDllDirectories: flagsText(made.flags) };
    case 'RemoveDllDirectory':
    case 'FreeLibrary':
      return { [made.call]: made.of + 1 };
    case 'GetProcAddress':
      return { GetProcAddress: [made.of + 1, made.name] };
    case 'CallImport':
      return { CallImport: made.of === undefined ? made.symbol : [made.of + 1, made.symbol] };
    case 'CallDelayed':
      return { CallDelayed: [made.file, made.symbol] };
    case 'same':
      return { same: made.of.map((of) => of + 1) };
    case 'SearchPath':
      return { SearchPath: { name: made.name, path: made.path, extension: made.extension } };
    case 'ActivateActCtx':
      return { ActivateActCtx: defined({ source: made.source, directory: made.directory, resource: made.resource }) };
    case 'DeactivateActCtx':
      return 'DeactivateActCtx';
    case 'SetEnvironmentVariable':
      return { SetEnvironmentVariable: [made.name, made.value] };
    case 'CreateHardLink':
      return { CreateHardLink: [made.path, made.existing] };
  }
}

/** `LOAD_LIBRARY_SEARCH_SYSTEM32 | …`, or the number where a bit has no name. */
function flagsText(flags: number): string | number {
  const names = Object.entries(LOAD_FLAGS).filter(([, flag]) => (flags & flag) !== 0);
  const named = names.reduce((all, [, flag]) => all | flag, 0);
  return flags !== 0 && named === flags ? names.map(([name]) => name).join(' | ') : flags;
}
