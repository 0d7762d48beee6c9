/** A log → the same with an attack in every text that a target could have said. */
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

/** Names whose values the format fixes, some of them only in one place; everything else that is text is taken over. */
const fixed = new Set([
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

const poisoned = (value: unknown, name = "", holder = ""): unknown => {
  if (typeof value === "string")
    return fixed.has(name) || fixed.has(`${holder}.${name}`) ? value : `${attack} ${value}`;
  if (Array.isArray(value)) return value.map((one) => poisoned(one, name, holder));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, poisoned(one, key, name)]));
};

/** Also where the format fixes the word for a run, but not for what a target says: ids of cases, reasons of no answer. */
function everywhere(line: string): string {
  const made = poisoned(JSON.parse(line)) as Record<string, unknown>;
  if (made["type"] === "verdict")
    Object.assign(made, { id: `${made["id"]}/${attack}`, family: attack, action: `a/b/${attack}` });
  if (made["type"] === "coverage")
    made["elements"] = (made["elements"] as object[]).map((one) => ({
      ...one,
      notCoveredReason: attack,
      causes: [attack],
    }));
  return JSON.stringify(made);
}

/** What an attack that succeeded has left in the page. */
export const ATTACK_MARKER = (): unknown => (globalThis as { pwned?: number }).pwned;

export function writeHostileLog(from: string, to: string): void {
  const lines = readFileSync(from, "utf8").trim().split("\n");
  writeFileSync(to, lines.map(everywhere).join("\n"));
}
