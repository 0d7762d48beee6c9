/** Alphabets of one, two, three and four UTF-8 bytes a character, for texts of an exact length; and one character of each class that a pattern may forbid. */

export interface Alphabet {
  /** Part of case ids. */
  readonly id: string;
  /** UTF-8 bytes of each of its characters. */
  readonly bytes: number;
  readonly chars: string;
}

/** The characters of `han-ext`, from U+20000 on, take two UTF-16 units each: a server that counts UTF-16 units is detected by them. */
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

const codePoint = (n: number) => String.fromCodePoint(n);

/** One character represents its class. Ids are parts of case ids: never rename one. */
export const charClasses: readonly CharClass[] = [
  { id: "space", char: " " },
  { id: "tab", char: "\t" },
  { id: "newline", char: "\n" },
  { id: "carriage-return", char: "\r" },
  { id: "nul", char: codePoint(0) },
  { id: "control", char: codePoint(1) },
  { id: "escape", char: codePoint(0x1b) },
  { id: "delete", char: codePoint(0x7f) },
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
  { id: "no-break-space", char: codePoint(0xa0) },
  { id: "accented", char: "é" },
  { id: "greek", char: "λ" },
  { id: "cyrillic", char: "ж" },
  { id: "cjk", char: "深" },
  { id: "cjk-extension", char: "𠀀" },
  { id: "kana", char: "あ" },
  { id: "hangul", char: "한" },
  { id: "hebrew", char: "ש" },
  { id: "arabic", char: "م" },
  { id: "right-to-left-override", char: codePoint(0x202e) },
  { id: "full-width-letter", char: "Ａ" },
  { id: "full-width-digit", char: "１" },
  { id: "arabic-digit", char: codePoint(0x663) },
  { id: "zero-width-space", char: codePoint(0x200b) },
  { id: "zero-width-joiner", char: codePoint(0x200d) },
  { id: "byte-order-mark", char: codePoint(0xfeff) },
  { id: "soft-hyphen", char: codePoint(0xad) },
  { id: "combining-accent", char: codePoint(0x301) },
  { id: "line-separator", char: codePoint(0x2028) },
  { id: "private-use", char: codePoint(0xe000) },
  { id: "replacement", char: codePoint(0xfffd) },
  { id: "emoji", char: "😀" },
];
