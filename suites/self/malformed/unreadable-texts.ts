/** Texts that are malformed in a file of any kind: invalid YAML, YAML that is too large or too deep, or YAML features that assay does not support. */

/** `text`: the file's content; `folder` creates a folder in its place. `line`: the reported line, from 1. */
export const unreadableTexts: readonly (readonly [
  name: string,
  text: string | Uint8Array | "folder",
  line: number,
  expectedWord: string,
])[] = [
  ["a folder", "folder", 1, "folder"],
  ["an empty file", "", 1, "expected"],
  ["only a comment", "# nothing\n# more\n", 1, "expected"],
  ["a list at the top", "- a\n- b\n", 1, "expected"],
  ["a string at the top", "boxes\n", 1, "expected"],
  ["prose", "Dear reader,\nthis: is: no: YAML\n", 2, "YAML"],
  ["truncated JSON", '{ "a": [1, 2', 1, "YAML"],
  ["HTML", "<!doctype html>\n<title>404</title>\n", 1, "expected"],
  ["a tab before a key", "description: x\n\tmore: y\n", 2, "tab"],
  ["a tab within a mapping", "description:\n\tmore: y\n", 2, "tab"],
  ["an unclosed double quote", 'description: x\nmore: "y\nlast: z\n', 2, "quote"],
  ["an unclosed single quote", "description: x\nmore: 'y\n", 2, "quote"],
  ["an unclosed bracket", "description: x\nmore: [y, z\nlast: w\n", 2, "closed"],
  ["an unclosed brace", "description: x\nmore: { y: z\nlast: w\n", 2, "closed"],
  ["one colon too many", "description: x\nmore: y: z\n", 2, "YAML"],
  ["a reserved character", "description: x\nmore: @y\n", 2, "YAML"],
  ["wrong indentation", "description: x\n more: y\n", 1, "YAML"],
  ["a key without a colon", "description: x\nmore\n", 2, "YAML"],
  ["an empty key", "description: x\n: y\n", 2, "key"],
  ["a list as a key", "description: x\n? [a, b]\n: y\n", 2, "key"],
  ["a duplicate key", "description: x\nmore: y\ndescription: z\n", 3, "twice"],
  ["a number and a string as the same key", "description: x\n10: y\n'10': z\n", 3, "twice"],
  ["a hexadecimal key", "description: x\n0x10: y\n", 2, "0x10"],
  ["__proto__ at the top", "description: x\n__proto__: { more: y }\n", 2, "__proto__"],
  ["__proto__ in a nested mapping", "description:\n  more:\n    __proto__: y\n", 3, "__proto__"],
  ["a merge key", "description: &a { x: y }\nmore:\n  <<: *a\n", 3, "<<"],
  ["an alias without an anchor", "description: x\nmore: *nowhere\n", 2, "nowhere"],
  ["an alias before its anchor", "description: *late\nmore: &late x\n", 1, "late"],
  ["an alias within its anchor", "description: x\nmore: &loop\n  - *loop\n", 3, "loop"],
  ["exponential alias expansion", aliasExpansion(), 7, "aliases"],
  ["a list nested 50,000 deep", `description: x\nmore: ${"[".repeat(50_000)}${"]".repeat(50_000)}\n`, 2, "deep"],
  [
    "a mapping nested 50,000 deep",
    `description: x\nmore: ${"{ a: ".repeat(50_000)}1${" }".repeat(50_000)}\n`,
    2,
    "deep",
  ],
  ["block lists nested 50,000 deep", `description: x\nmore:\n  ${"- ".repeat(50_000)}y\n`, 3, "deep"],
  ["50,000 unclosed brackets", `description: x\nmore: ${"[".repeat(50_000)}`, 2, "closed"],
  ["two documents", "description: x\n---\ndescription: y\n", 2, "document"],
  ["an older YAML version", "%YAML 1.1\n---\ndescription: yes\n", 1, "%YAML"],
  ["an unknown directive", "%BOX 1\n---\ndescription: x\n", 1, "BOX"],
  ["a JavaScript tag", "description: x\nmore: !!js/function 'function () {}'\n", 2, "tag"],
  ["a timestamp tag", "description: x\nmore: !!timestamp 2001-01-01\n", 2, "timestamp"],
  ["a binary tag", "description: x\nmore: !!binary aGVsbG8=\n", 2, "binary"],
  ["a NUL byte", "description: x\nmore: y\u0000z\n", 2, "U+0000"],
  ["an escape character", "description: x\nmore: \u001b[31my\n", 2, "U+001B"],
  ["invalid UTF-8", Uint8Array.from([0x61, 0x3a, 0x20, 0x62, 0x0a, 0x63, 0x3a, 0x20, 0xe4, 0x0a]), 2, "UTF-8"],
  ["an incomplete UTF-8 character at the end", Uint8Array.from([0x61, 0x3a, 0x20, 0xe4, 0xb8]), 1, "UTF-8"],
  ["UTF-16", Buffer.from("\ufeffdescription: x\n", "utf16le"), 1, "UTF-16"],
  ["a number that overflows", "description: x\nmore: 1e400\n", 2, "1e400"],
  ["a number that loses precision", "description: x\nmore: 12345678901234567890\n", 2, "12345678901234567890"],
  ["a number with a leading zero", "description: x\nmore: 0123\n", 2, "'0123'"],
  ["NaN", "description: x\nmore: .nan\n", 2, ".nan"],
  ["an infinite number", "description: x\nmore: [-.inf]\n", 2, ".inf"],
];

/** YAML text of nine lists with nine items each. Every list after the first contains aliases of the previous one: 9^9 values when expanded. */
function aliasExpansion(): string {
  const rows = ["a: &a [x, x, x, x, x, x, x, x, x]"];
  for (const [i, name] of [..."bcdefghi"].entries())
    rows.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${"abcdefgh"[i]}`).join(", ")}]`);
  return `${rows.join("\n")}\n`;
}
