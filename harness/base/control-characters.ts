// Line breaks and tabs belong to messages of several lines; everything else here moves a cursor or hides or reorders what is read.
const CONTROLS = /(?![\n\t])\p{Cc}|[\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}]/gu;

/** The text with control characters, lone surrogates and marks of direction as escapes: `\x1b`, `\ud800`. Lines and tabs stay. */
export function escapeControls(text: string): string {
  return text.replace(CONTROLS, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
