/** Freedoms of JSON: the same value, written otherwise; and what the schemas leave open beside it. */
import type { Json } from "../../model/index.ts";
import type { EmulatorResponse } from "../request-context.ts";
import type { Variant } from "./variant.ts";

/** The body as another text; one that is empty stays so. */
const rewritten = (write: (body: string) => string): NonNullable<Variant["response"]> => {
  return (answer: EmulatorResponse) => (answer.body === "" ? answer : { ...answer, body: write(answer.body) });
};

const remade = (change: (value: Json) => Json): NonNullable<Variant["response"]> =>
  rewritten((body) => JSON.stringify(change(JSON.parse(body) as Json)));

type Entries = [string, Json][];

/** Each object, the inner ones first. */
function objects(value: Json, change: (entries: Entries) => Entries): Json {
  if (Array.isArray(value)) return value.map((item) => objects(item, change));
  if (typeof value !== "object" || value === null) return value;
  const inner = Object.entries(value).map(([name, v]): [string, Json] => [name, objects(v, change)]);
  return Object.fromEntries(change(inner));
}

const undeclared: Entries = [
  ["Undeclared", "x"],
  ["undeclaredNull", null],
  ["undeclaredList", [{ a: 1 }]],
];

/** Strings, and the numbers that stand between them. */
const tokens = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

const escaped = (text: string): string =>
  [...Array(text.length).keys()].map((i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, "0")}`).join("");

export const jsonVariants: readonly Variant[] = [
  {
    id: "undeclared-members",
    description: "Puts members that no page names into every object of its answers.",
    freedoms: ["open"],
    response: remade((body) => objects(body, (entries) => [...undeclared, ...entries])),
  },
  {
    id: "members-reversed",
    description: "Writes the members of every object in another order.",
    freedoms: ["json/order"],
    response: remade((body) => objects(body, (entries) => entries.reverse())),
  },
  {
    id: "pretty",
    description: "Writes JSON over several lines, with blanks around it.",
    freedoms: ["json/blanks"],
    response: rewritten((body) => `\r\n ${JSON.stringify(JSON.parse(body), null, "\t")}\n\n`),
  },
  {
    id: "characters-escaped",
    description: "Writes every character of a text as \\u and four digits.",
    freedoms: ["json/escapes"],
    response: rewritten((body) =>
      body.replace(tokens, (t) => (t.startsWith('"') ? `"${escaped(JSON.parse(t) as string)}"` : t)),
    ),
  },
  {
    id: "slashes-escaped",
    description: "Writes a slash as \\/.",
    freedoms: ["json/escapes"],
    response: rewritten((body) => body.replaceAll("/", "\\/")),
  },
  {
    id: "numbers-with-point",
    description: "Writes whole numbers with .0 behind them, which are the same numbers.",
    freedoms: ["json/numbers"],
    response: rewritten((body) => body.replace(tokens, (t) => (/^-?\d+$/.test(t) ? `${t}.0` : t))),
  },
  {
    id: "numbers-with-exponent",
    description: "Writes whole numbers with an exponent.",
    freedoms: ["json/numbers"],
    response: rewritten((body) => body.replace(tokens, (t) => (/^-?\d+$/.test(t) ? `${t}E+0` : t))),
  },
];
