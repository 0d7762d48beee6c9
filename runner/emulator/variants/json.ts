/** Variants of JSON: the same value written differently, and members that the schemas do not declare. */
import type { Json } from "../../model/index.ts";
import type { EmulatorResponse } from "../request-context.ts";
import type { Variant } from "./variant.ts";

/** Changes the text of the body, unless it is empty. */
const withText = (write: (body: string) => string): NonNullable<Variant["response"]> => {
  return (response: EmulatorResponse) =>
    response.body === "" ? response : { ...response, body: write(response.body) };
};

/** Changes the JSON value of the body. */
const withJson = (change: (value: Json) => Json): NonNullable<Variant["response"]> =>
  withText((body) => JSON.stringify(change(JSON.parse(body) as Json)));

type Entries = [string, Json][];

/** Changes each object of a value, the inner ones first. */
function changeObjects(value: Json, change: (entries: Entries) => Entries): Json {
  if (Array.isArray(value)) return value.map((item) => changeObjects(item, change));
  if (typeof value !== "object" || value === null) return value;
  const inner = Object.entries(value).map(([name, v]): [string, Json] => [name, changeObjects(v, change)]);
  return Object.fromEntries(change(inner));
}

const undeclared: Entries = [
  ["Undeclared", "x"],
  ["undeclaredNull", null],
  ["undeclaredList", [{ a: 1 }]],
];

/** Matches strings, and numbers outside of strings. */
const stringsAndNumbers = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** A `\uXXXX` escape for each UTF-16 unit. */
const escapeAll = (text: string): string =>
  [...Array(text.length).keys()].map((i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, "0")}`).join("");

export const jsonVariants: readonly Variant[] = [
  {
    id: "undeclared-members",
    description: "Adds members that no documentation page names to every object of its responses.",
    freedoms: ["open"],
    response: withJson((body) => changeObjects(body, (entries) => [...undeclared, ...entries])),
  },
  {
    id: "members-reversed",
    description: "Writes the members of every object in reverse order.",
    freedoms: ["json/order"],
    response: withJson((body) => changeObjects(body, (entries) => entries.reverse())),
  },
  {
    id: "pretty",
    description: "Writes JSON indented over several lines, with white space around it.",
    freedoms: ["json/blanks"],
    response: withText((body) => `\r\n ${JSON.stringify(JSON.parse(body), null, "\t")}\n\n`),
  },
  {
    id: "characters-escaped",
    description: "Writes every character of a text as \\u and four digits.",
    freedoms: ["json/escapes"],
    response: withText((body) =>
      body.replace(stringsAndNumbers, (t) => (t.startsWith('"') ? `"${escapeAll(JSON.parse(t) as string)}"` : t)),
    ),
  },
  {
    id: "slashes-escaped",
    description: "Writes a slash as \\/.",
    freedoms: ["json/escapes"],
    response: withText((body) => body.replaceAll("/", "\\/")),
  },
  {
    id: "numbers-with-point",
    description: "Writes whole numbers with .0 behind them.",
    freedoms: ["json/numbers"],
    response: withText((body) => body.replace(stringsAndNumbers, (t) => (/^-?\d+$/.test(t) ? `${t}.0` : t))),
  },
  {
    id: "numbers-with-exponent",
    description: "Writes whole numbers with an exponent.",
    freedoms: ["json/numbers"],
    response: withText((body) => body.replace(stringsAndNumbers, (t) => (/^-?\d+$/.test(t) ? `${t}E+0` : t))),
  },
];
