/** Characters of one to four UTF-8 bytes for texts of an exact length, and the classes of characters that patterns forbid. */

export interface Alphabet {
  readonly id: string;
  readonly bytes: number;
  readonly chars: string;
}

/** The first of each width is what lengths are counted with. U+20000 is two UTF-16 units. */
export const alphabets: readonly Alphabet[] = [
  { id: "ascii", bytes: 1, chars: "abcdefghijklmnopqrstuvwxyz0123456789" },
  { id: "latin", bytes: 2, chars: "éüñçøß" },
  { id: "han", bytes: 3, chars: "深圳员工部门学院" },
  { id: "han-ext", bytes: 4, chars: "𠀀𠀁𠀂" },
];

export interface CharClass {
  readonly id: string;
  readonly char: string;
}

const code = (n: number) => String.fromCodePoint(n);

/** One character stands for its class. Ids are parts of case ids: never rename one. */
export const charClasses: readonly CharClass[] = [
  { id: "space", char: " " },
  { id: "tab", char: "\t" },
  { id: "newline", char: "\n" },
  { id: "carriage-return", char: "\r" },
  { id: "nul", char: code(0) },
  { id: "control", char: code(1) },
  { id: "escape", char: code(0x1b) },
  { id: "delete", char: code(0x7f) },
  { id: "exclamation", char: "!" },
  { id: "double-quote", char: '"' },
  { id: "hash", char: "#" },
  { id: "dollar", char: "$" },
  { id: "percent", char: "%" },
  { id: "ampersand", char: "&" },
  { id: "apostrophe", char: "'" },
  { id: "parenthesis", char: "(" },
  { id: "asterisk", char: "*" },
  { id: "plus", char: "+" },
  { id: "comma", char: "," },
  { id: "hyphen", char: "-" },
  { id: "full-stop", char: "." },
  { id: "slash", char: "/" },
  { id: "colon", char: ":" },
  { id: "semicolon", char: ";" },
  { id: "less-than", char: "<" },
  { id: "equals", char: "=" },
  { id: "question", char: "?" },
  { id: "at", char: "@" },
  { id: "bracket", char: "[" },
  { id: "backslash", char: "\\" },
  { id: "caret", char: "^" },
  { id: "underscore", char: "_" },
  { id: "backtick", char: "`" },
  { id: "brace", char: "{" },
  { id: "pipe", char: "|" },
  { id: "tilde", char: "~" },
  { id: "no-break-space", char: code(0xa0) },
  { id: "accented", char: "é" },
  { id: "greek", char: "λ" },
  { id: "cyrillic", char: "ж" },
  { id: "cjk", char: "深" },
  { id: "cjk-extension", char: "𠀀" },
  { id: "kana", char: "あ" },
  { id: "hangul", char: "한" },
  { id: "hebrew", char: "ש" },
  { id: "arabic", char: "م" },
  { id: "right-to-left-override", char: code(0x202e) },
  { id: "full-width-letter", char: "Ａ" },
  { id: "full-width-digit", char: "１" },
  { id: "arabic-digit", char: code(0x663) },
  { id: "zero-width-space", char: code(0x200b) },
  { id: "zero-width-joiner", char: code(0x200d) },
  { id: "byte-order-mark", char: code(0xfeff) },
  { id: "soft-hyphen", char: code(0xad) },
  { id: "combining-accent", char: code(0x301) },
  { id: "line-separator", char: code(0x2028) },
  { id: "private-use", char: code(0xe000) },
  { id: "replacement", char: code(0xfffd) },
  { id: "emoji", char: "😀" },
];
