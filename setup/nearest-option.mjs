/**
 * The option somebody probably meant; nothing when none is nearer than two wrong letters. The harness has a library for this, but the
 * set-up runs before there are libraries.
 * @param {string} written
 * @param {readonly string[]} options
 */
export function nearestOption(written, options) {
  const [name = ''] = written.toLowerCase().split('=');
  // Every option is short, so a word this long is something else: a path, or a whole command.
  if (name.length > 20) return undefined;
  const bare = name.replace(/^-*/, '--');
  const [best] = options
    .map((option) => ({ option, wrong: wrongLetters(bare, option) }))
    .sort((one, other) => one.wrong - other.wrong);
  return best !== undefined && best.wrong <= 2 ? best.option : undefined;
}

/**
 * How many letters must be put in, taken out or replaced.
 * @param {string} from
 * @param {string} to
 */
function wrongLetters(from, to) {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let index = 0; index < from.length; index++) {
    const next = [index + 1];
    for (let at = 1; at <= to.length; at++) {
      const replaced = (row[at - 1] ?? 0) + (from[index] === to[at - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
