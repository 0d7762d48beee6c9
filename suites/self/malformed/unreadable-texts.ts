/** Texts that are malformed whatever file they stand in: no YAML, too much of it, or more than a file of ours may hold. */

export const unreadableTexts: readonly (readonly [
  name: string,
  text: string | Uint8Array | "folder",
  line: number,
  word: string,
])[] = [
  ["a folder", "folder", 1, "folder"],
  ["an empty file", "", 1, "expected"],
  ["a comment alone", "# nothing\n# more\n", 1, "expected"],
  ["a list at the top", "- a\n- b\n", 1, "expected"],
  ["a text at the top", "boxes\n", 1, "expected"],
  ["prose", "Dear reader,\nthis: is: no: YAML\n", 2, "YAML"],
  ["JSON cut off", '{ "a": [1, 2', 1, "YAML"],
  ["HTML", "<!doctype html>\n<title>404</title>\n", 1, "expected"],
  ["a tab before a key", "description: x\n\tmore: y\n", 2, "tab"],
  ["a tab within a mapping", "description:\n\tmore: y\n", 2, "tab"],
  ["a quote that stays open", 'description: x\nmore: "y\nlast: z\n', 2, "quote"],
  ["a single quote that stays open", "description: x\nmore: 'y\n", 2, "quote"],
  ["a bracket that stays open", "description: x\nmore: [y, z\nlast: w\n", 2, "closed"],
  ["a brace that stays open", "description: x\nmore: { y: z\nlast: w\n", 2, "closed"],
  ["a colon too many", "description: x\nmore: y: z\n", 2, "YAML"],
  ["a reserved character", "description: x\nmore: @y\n", 2, "YAML"],
  ["indented by chance", "description: x\n more: y\n", 1, "YAML"],
  ["a key without a colon", "description: x\nmore\n", 2, "YAML"],
  ["no key before the colon", "description: x\n: y\n", 2, "key"],
  ["a list for a key", "description: x\n? [a, b]\n: y\n", 2, "key"],
  ["a key twice", "description: x\nmore: y\ndescription: z\n", 3, "twice"],
  ["a number and a text for one key", "description: x\n10: y\n'10': z\n", 3, "twice"],
  ["a key in another notation", "description: x\n0x10: y\n", 2, "0x10"],
  ["__proto__ at the top", "description: x\n__proto__: { more: y }\n", 2, "__proto__"],
  ["__proto__ below", "description:\n  more:\n    __proto__: y\n", 3, "__proto__"],
  ["a merge key", "description: &a { x: y }\nmore:\n  <<: *a\n", 3, "<<"],
  ["an alias of nothing", "description: x\nmore: *nowhere\n", 2, "nowhere"],
  ["an alias before its anchor", "description: *late\nmore: &late x\n", 1, "late"],
  ["an alias within its anchor", "description: x\nmore: &loop\n  - *loop\n", 3, "loop"],
  ["a bomb of aliases", bomb(), 7, "aliases"],
  ["a list 50,000 deep", `description: x\nmore: ${"[".repeat(50_000)}${"]".repeat(50_000)}\n`, 2, "deep"],
  ["a mapping 50,000 deep", `description: x\nmore: ${"{ a: ".repeat(50_000)}1${" }".repeat(50_000)}\n`, 2, "deep"],
  ["dashes 50,000 deep", `description: x\nmore:\n  ${"- ".repeat(50_000)}y\n`, 3, "deep"],
  ["brackets 50,000 deep that stay open", `description: x\nmore: ${"[".repeat(50_000)}`, 2, "closed"],
  ["two documents", "description: x\n---\ndescription: y\n", 2, "document"],
  ["another YAML", "%YAML 1.1\n---\ndescription: yes\n", 1, "%YAML"],
  ["a directive that nobody knows", "%BOX 1\n---\ndescription: x\n", 1, "BOX"],
  ["a tag of JavaScript", "description: x\nmore: !!js/function 'function () {}'\n", 2, "tag"],
  ["a date by its tag", "description: x\nmore: !!timestamp 2001-01-01\n", 2, "timestamp"],
  ["bytes by their tag", "description: x\nmore: !!binary aGVsbG8=\n", 2, "binary"],
  ["a NUL byte", "description: x\nmore: y\u0000z\n", 2, "U+0000"],
  ["an escape character", "description: x\nmore: \u001b[31my\n", 2, "U+001B"],
  [
    "bytes that are no UTF-8",
    Uint8Array.from([0x61, 0x3a, 0x20, 0x62, 0x0a, 0x63, 0x3a, 0x20, 0xe4, 0x0a]),
    2,
    "UTF-8",
  ],
  ["half a character at the end", Uint8Array.from([0x61, 0x3a, 0x20, 0xe4, 0xb8]), 1, "UTF-8"],
  ["UTF-16", Buffer.from("\ufeffdescription: x\n", "utf16le"), 1, "UTF-16"],
  ["a number that overflows", "description: x\nmore: 1e400\n", 2, "1e400"],
  ["a number that loses digits", "description: x\nmore: 12345678901234567890\n", 2, "12345678901234567890"],
  ["no number", "description: x\nmore: .nan\n", 2, ".nan"],
  ["an infinite number", "description: x\nmore: [-.inf]\n", 2, ".inf"],
];

/** Nine times nine, eight times over. */
function bomb(): string {
  const rows = ["a: &a [x, x, x, x, x, x, x, x, x]"];
  for (const [i, name] of [..."bcdefghi"].entries())
    rows.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${"abcdefgh"[i]}`).join(", ")}]`);
  return `${rows.join("\n")}\n`;
}
