/** A text → one word of a shell command. */

/** Control characters, invisible characters and blanks other than the space: a reader would not see them. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;

/** Always quoted. Single quotes keep every visible character; text with invisible ones is written as bash's $'…' escapes. */
export function shellQuote(text: string): string {
  if (!INVISIBLE.test(text)) return `'${text.replaceAll("'", "'\\''")}'`;
  const bytes = [...Buffer.from(text)].map((byte) => {
    const char = String.fromCharCode(byte);
    if (char === "'" || char === "\\") return `\\${char}`;
    return byte < 0x20 || byte > 0x7e ? `\\x${byte.toString(16).padStart(2, "0")}` : char;
  });
  return `$'${bytes.join("")}'`;
}

/** Quoted only where a shell would read the bare text otherwise. */
export const shellWord = (text: string): string => (/^[\w.,:/@%+=-]+$/.test(text) ? text : shellQuote(text));
