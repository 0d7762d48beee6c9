/** The judged request and the exchanges before it -> the values that the response may contain again, each with its names. */

import type { RecordedExchange } from "../../model/index.ts";
import { REDACTED } from "../../model/redacted.ts";
import { isIdName, isRequestIdName } from "./field-names.ts";

export interface References {
  /** By value as text: the members that hold it, e.g. `GroupId`, `MemberList.0.Member_Account` or `CreateGroup.GroupId`. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  /** The request ids in the headers and the body of the response. */
  readonly requestIds: ReadonlySet<string>;
  /** Values that may be part of a longer text, the longest first. */
  readonly embeddable: readonly string[];
}

/** Shortest value, in UTF-16 units, that is searched for in longer texts: a shorter one may occur in them by chance. */
const MIN_EMBEDDABLE_UNITS = 6;

/** Values of one request that are collected, to limit memory. */
const MAX_VALUES = 4000;

/** `preceding`: the exchanges of the same case before the judged call. */
export function collectReferences(
  judged: RecordedExchange,
  preceding: readonly RecordedExchange[],
  isOwnedByRun: (value: string) => boolean,
): References {
  const names = new Map<string, string[]>();
  const embeddable = new Set<string>();
  const add = (name: string, value: unknown): void => {
    if (value === null || typeof value === "object") return;
    const text = String(value);
    if (text === "" || text.includes(REDACTED) || names.size >= MAX_VALUES) return;
    const namesOfValue = names.get(text);
    if (namesOfValue === undefined) names.set(text, [name]);
    else if (!namesOfValue.includes(name)) namesOfValue.push(name);
    if (text.length >= MIN_EMBEDDABLE_UNITS && (isOwnedByRun(text) || isIdName(name))) embeddable.add(text);
  };
  for (const { name, value } of requestMembers(judged)) add(name, value);
  for (const exchange of preceding) {
    const action = exchange.action.slice(exchange.action.lastIndexOf("/") + 1);
    for (const { name, value } of requestMembers(exchange)) add(`${action}.${name}`, value);
    if ("reason" in exchange.response) continue;
    for (const { name, value } of leaves("", parseJson(exchange.response.body.text))) add(`${action}.${name}`, value);
  }
  return {
    names,
    requestIds: requestIdsOf(judged),
    embeddable: [...embeddable].sort((one, other) => other.length - one.length),
  };
}

function requestIdsOf({ response }: RecordedExchange): Set<string> {
  if ("reason" in response) return new Set();
  const ids = [...leaves("", parseJson(response.body.text))].flatMap(({ name, value }) =>
    typeof value === "string" && isRequestIdName(name.slice(name.lastIndexOf(".") + 1)) ? [value] : [],
  );
  for (const [name, value] of response.headers) if (isRequestIdName(name)) ids.push(value);
  return new Set(ids.filter((id) => id !== ""));
}

interface Leaf {
  /** The path of the value, with dots between the names. */
  readonly name: string;
  readonly value: unknown;
}

/** The members of a JSON body, a form or a query. The flat names of pairs, such as `Tags.0.Key`, are already paths. */
function* requestMembers({ request }: RecordedExchange): Generator<Leaf> {
  const { url, body } = request;
  const query = url.indexOf("?");
  if (query >= 0) yield* pairs(url.slice(query + 1));
  const json = parseJson(body.text);
  if (json !== undefined) yield* leaves("", json);
  else if (/^[^={}[\]]+=/.test(body.text)) yield* pairs(body.text);
}

function* pairs(text: string): Generator<Leaf> {
  for (const [name, value] of new URLSearchParams(text)) yield { name, value };
}

/** Deeper values are not collected: a hostile body may have ten thousand nested lists. */
const MAX_DEPTH = 32;

function* leaves(path: string, value: unknown, depth = 0): Generator<Leaf> {
  if (value === null || typeof value !== "object") return yield { name: path, value };
  if (depth === MAX_DEPTH) return;
  for (const [name, inner] of Object.entries(value))
    yield* leaves(path === "" ? name : `${path}.${name}`, inner, depth + 1);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
