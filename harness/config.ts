// For configuration files: dllparity.config.ts and vitest.config.ts.
export { defineConfig } from './config/define-config.ts';
export type { Config, DllOverride, LogConfig, LogLevel } from './config/config.ts';
export { dllparity } from './vitest/reporter/plugin.ts';
export { type RuntimeOfProject, runtimeProjects } from './vitest/runtime-projects.ts';
