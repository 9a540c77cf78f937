/**
 * What every step is given.
 * @typedef {object} Context
 * @property {string} root The project's folder.
 * @property {string} cache The user's cache folder of dllparity.
 * @property {import('./arguments.mjs').Purpose} purpose
 * @property {readonly string[] | 'all' | undefined} oracles Which DLLs of Microsoft were asked for; undefined for what the purpose needs.
 * @property {boolean} withWine10 Whether Wine 10 was asked for, now or by an earlier set-up of this folder.
 * @property {NodeJS.ProcessEnv} env
 * @property {AbortSignal} signal Aborted by Ctrl-C and SIGTERM.
 * @property {(text: string) => void} say Tells what a long step is doing now.
 */

/**
 * What a step has done.
 * @typedef {object} StepResult
 * @property {boolean} changed Whether anything was installed, built or written.
 * @property {string} text What is now in place, in a few words.
 */

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {readonly import('./arguments.mjs').Purpose[]} purposes The purposes that need this step.
 * @property {(context: Context) => Promise<StepResult>} run
 */

export {};
