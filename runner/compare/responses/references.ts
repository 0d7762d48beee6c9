/** The judged request and what was said before it → the values that an answer may refer to, each with its names. */

import type { RecordedExchange } from "../../model/index.ts";
import { REDACTED } from "../../model/redacted.ts";
import { isIdName, isRequestIdName } from "./field-names.ts";

export interface References {
  /** By value as text: where it stood, e.g. `GroupId`, `MemberList.0.Member_Account` or `CreateGroup.GroupId`. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  /** As the answer itself tells it, in a header or in its body. */
  readonly requestIds: ReadonlySet<string>;
  /** Those that may stand inside a longer text, the longest first. */
  readonly inside: readonly string[];
}

/** What stands in a log where a secret was. */

/** Shorter ones stand in a longer text by chance. */
const shortest = 6;

/** More of them no request has that a person reads. */
const most = 4000;

/** `before`: the exchanges of the same case that came first. */
export function collectReferences(
  judged: RecordedExchange,
  before: readonly RecordedExchange[],
  isOurs: (value: string) => boolean,
): References {
  const names = new Map<string, string[]>();
  const embeddable = new Set<string>();
  const note = (name: string, value: unknown): void => {
    if (value === null || typeof value === "object") return;
    const text = String(value);
    if (text === "" || text.includes(REDACTED) || names.size >= most) return;
    const known = names.get(text);
    if (known === undefined) names.set(text, [name]);
    else if (!known.includes(name)) known.push(name);
    if (text.length >= shortest && (isOurs(text) || isIdName(name))) embeddable.add(text);
  };
  for (const { name, value } of members(judged)) note(name, value);
  for (const exchange of before) {
    const action = exchange.action.slice(exchange.action.lastIndexOf("/") + 1);
    for (const { name, value } of members(exchange)) note(`${action}.${name}`, value);
    if ("reason" in exchange.response) continue;
    for (const { name, value } of leaves("", parsed(exchange.response.body.text))) note(`${action}.${name}`, value);
  }
  return { names, requestIds: requestIdsOf(judged), inside: [...embeddable].sort((a, b) => b.length - a.length) };
}

function requestIdsOf({ response }: RecordedExchange): Set<string> {
  if ("reason" in response) return new Set();
  const told = [...leaves("", parsed(response.body.text))].flatMap(({ name, value }) =>
    typeof value === "string" && isRequestIdName(name.slice(name.lastIndexOf(".") + 1)) ? [value] : [],
  );
  for (const [name, value] of response.headers) if (isRequestIdName(name)) told.push(value);
  return new Set(told.filter((id) => id !== ""));
}

interface Leaf {
  readonly name: string;
  readonly value: unknown;
}

/** Of JSON, of a form and of the query alike: flat names read like paths. */
function* members({ request }: RecordedExchange): Generator<Leaf> {
  const { url, body } = request;
  const query = url.indexOf("?");
  if (query >= 0) yield* pairs(url.slice(query + 1));
  const json = parsed(body.text);
  if (json !== undefined) yield* leaves("", json);
  else if (/^[^={}[\]]+=/.test(body.text)) yield* pairs(body.text);
}

function* pairs(text: string): Generator<Leaf> {
  for (const [name, value] of new URLSearchParams(text)) yield { name, value };
}

/** Depth beyond which nothing is named: a hostile body may be ten thousand lists in one another. */
const deepest = 32;

function* leaves(at: string, value: unknown, depth = 0): Generator<Leaf> {
  if (value === null || typeof value !== "object") return yield { name: at, value };
  if (depth === deepest) return;
  for (const [name, one] of Object.entries(value)) yield* leaves(at === "" ? name : `${at}.${name}`, one, depth + 1);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
