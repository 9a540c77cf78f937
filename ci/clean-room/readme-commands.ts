import { CleanRoomError } from './programs.ts';

/** The commands of the first shell block under "Try it", as printed, without their comments. */
export function readmeCommands(readme: string): readonly string[] {
  const section = /^## Try it$(.*?)(?=^## |(?![^]))/ms.exec(readme)?.[1] ?? '';
  const block = /^```sh\n(.*?)^```$/ms.exec(section)?.[1] ?? '';
  const commands = block
    .split('\n')
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (commands.length > 0) return commands;
  throw new CleanRoomError('README.md has no shell block with commands under "Try it".');
}

/** Those that `--only` names by their last word, as `conformance` names `npm run conformance`. */
export function chosenCommands(commands: readonly string[], only: string | undefined): readonly string[] {
  if (only === undefined) return commands;
  const chosen = commands.filter((command) => command.split(' ').at(-1) === only);
  if (chosen.length > 0) return chosen;
  const names = commands.map((command) => command.split(' ').at(-1)).join(', ');
  throw new CleanRoomError(`--only takes the last word of a command of README.md (${names}); it got "${only}".`);
}
