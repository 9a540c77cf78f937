import { z } from 'zod';
import { OPTIONS } from './options.ts';

/** What a file or a fixture can say. Strict: a misspelt option is an error, never ignored. */
export const configSchema = z.strictObject({
  runtime: OPTIONS.runtime.schema,
  runtimes: OPTIONS.runtimes.schema,
  wine: OPTIONS.wine.schema,
  wineserver: OPTIONS.wineserver.schema,
  template: OPTIONS.template.schema,
  services: OPTIONS.services.schema.optional(),
  graphics: OPTIONS.graphics.schema.optional(),
  dllOverrides: OPTIONS.dllOverrides.schema.optional(),
  environment: OPTIONS.environment.schema.optional(),
  searchPaths: OPTIONS.searchPaths.schema.optional(),
  sandbox: OPTIONS.sandbox.schema.optional(),
  folders: OPTIONS.folders.schema,
  writableFolders: OPTIONS.writableFolders.schema.optional(),
  limits: z
    .strictObject({
      memoryBytes: OPTIONS['limits.memoryBytes'].schema.optional(),
      processes: OPTIONS['limits.processes'].schema.optional(),
      diskBytes: OPTIONS['limits.diskBytes'].schema.optional(),
      readBytes: OPTIONS['limits.readBytes'].schema.optional(),
    })
    .optional(),
  spare: OPTIONS.spare.schema.optional(),
  bootTimeoutMs: OPTIONS.bootTimeoutMs.schema.optional(),
  callTimeoutMs: OPTIONS.callTimeoutMs.schema.optional(),
  recycle: z
    .strictObject({
      calls: OPTIONS['recycle.calls'].schema.optional(),
      memoryBytes: OPTIONS['recycle.memoryBytes'].schema.optional(),
    })
    .optional(),
  heapBytes: OPTIONS.heapBytes.schema.optional(),
  spinMicroseconds: OPTIONS.spinMicroseconds.schema.optional(),
  outDir: OPTIONS.outDir.schema.optional(),
  strict: OPTIONS.strict.schema.optional(),
  log: z
    .strictObject({
      level: OPTIONS['log.level'].schema.optional(),
      agentLevel: OPTIONS['log.agentLevel'].schema.optional(),
      wineDebug: OPTIONS['log.wineDebug'].schema.optional(),
      file: OPTIONS['log.file'].schema.optional(),
    })
    .optional(),
});
