/** The command that runs one case alone, in the runtime in which it was seen. */
export function replayCommand(suite: string, id: string, runtime: string): string {
  return `npx dllparity replay ${shellWord(`${suite}#${id}`)} --runtime ${shellWord(runtime)}`;
}

function shellWord(text: string): string {
  return /^[\w./#-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
