/** A log → the same log with an attack in every text that a target can influence. */
import { readFileSync, writeFileSync } from "node:fs";

const attacks = [
  "<script>window.pwned=1</script>",
  '"><img src=x onerror="window.pwned=1">',
  "' onmouseover='window.pwned=1' autofocus onfocus='window.pwned=1",
  "</title></style></pre></details></main><script>window.pwned=1</script>",
  "<!--<script>window.pwned=1</script>-->]]>",
  "<svg/onload=window.pwned=1><style>*{display:none}</style><base href=//evil.example/><meta http-equiv=refresh content=0>",
  "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe><form action=//evil.example><button>Copy</button></form>",
  "javascript:window.pwned=1",
  "\0\u0007\u001b[31m\r\n\u202e\u2028\ufffe\ud800 &lt;script&gt;",
];
const attack = attacks.join(" ");

/** Members that keep their value because the format restricts it, as NAME or PARENT.NAME; every other text gets the attack. */
const fixedMembers = new Set([
  "type",
  "status",
  "level",
  "role",
  "kind",
  "outcome",
  "op",
  "response.reason",
  "started",
  "sha256",
  "id",
  "action",
  "family",
]);

const withAttack = (value: unknown, name = "", parent = ""): unknown => {
  if (typeof value === "string")
    return fixedMembers.has(name) || fixedMembers.has(`${parent}.${name}`) ? value : `${attack} ${value}`;
  if (Array.isArray(value)) return value.map((item) => withAttack(item, name, parent));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withAttack(item, key, name)]));
};

/** Attacks the texts of one line, and also ids, families, actions and the reasons of coverage, which are fixed members elsewhere. */
function attackedLine(line: string): string {
  const entry = withAttack(JSON.parse(line)) as Record<string, unknown>;
  if (entry["type"] === "verdict")
    Object.assign(entry, { id: `${entry["id"]}/${attack}`, family: attack, action: `a/b/${attack}` });
  if (entry["type"] === "coverage")
    entry["elements"] = (entry["elements"] as object[]).map((item) => ({
      ...item,
      notCoveredReason: attack,
      causes: [attack],
    }));
  return JSON.stringify(entry);
}

/** Evaluated in the page: the value that a successful attack sets; undefined if none succeeded. */
export const attackMarker = (): unknown => (globalThis as { pwned?: number }).pwned;

/** Reads the log `from` and writes the attacked one to `to`. */
export function writeHostileLog(from: string, to: string): void {
  const lines = readFileSync(from, "utf8").trim().split("\n");
  writeFileSync(to, lines.map(attackedLine).join("\n"));
}
