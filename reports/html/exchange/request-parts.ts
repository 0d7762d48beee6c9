/** A recorded request → its parts by name, in the order of the wire, so that two requests can be laid side by side. */
import type { RecordedExchange } from "../../../runner/model/index.ts";
import { plural, truncate } from "../../text/visible-text.ts";

/** `name`: a JSON pointer into the members, `header NAME`, `method`, `path` or `body`. */
export interface RequestPart {
  readonly name: string;
  readonly value: string;
}

/** Lists that are longer are one part; so is what lies deeper. */
const longestList = 8;
const deepest = 8;

/** `raw`: the body as it stands, for what is wrong with its text, or where one of two cannot be read. */
export function requestParts({ request }: RecordedExchange, raw: boolean): RequestPart[] {
  const { method, url, headers, body } = request;
  const address = /^[a-z]+:\/\/[^/]*([^?]*)\??(.*)$/is.exec(url);
  return [
    { name: "method", value: method },
    { name: "path", value: address?.[1] ?? url },
    ...headers.map(([name, value]) => ({ name: `header ${name}`, value })),
    ...pairs(address?.[2] ?? ""),
    ...(raw ? [{ name: "body", value: body.text }] : members(body.text)),
  ];
}

/** True where the members of the body can be told apart: all of it is there, and it is JSON or pairs. */
export function isReadable({ request: { body } }: RecordedExchange): boolean {
  if (body.sha256 !== undefined) return false;
  return body.text === "" || jsonOf(body.text) !== undefined || isPairs(body.text);
}

const isPairs = (text: string): boolean => /^[^={}[\]"\s]+=/.test(text);

function jsonOf(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function members(text: string): RequestPart[] {
  if (text === "") return [];
  const json = jsonOf(text);
  if (json === undefined) return pairs(text);
  return [...leaves("", json.value, 0)];
}

function* leaves(at: string, value: unknown, depth: number): Generator<RequestPart> {
  const name = at || "/";
  const inside = value !== null && typeof value === "object" ? Object.entries(value) : [];
  if (depth > deepest && inside.length > 0) return yield { name, value: "…" };
  if (Array.isArray(value) && value.length > longestList) {
    const start = value.slice(0, 2).map((one) => truncate(typeof one === "object" ? "…" : String(one), 60));
    return yield { name, value: `${plural(value.length, "item")}: ${start.join(", ")}, …` };
  }
  // A shape that is empty is a value, too.
  if (inside.length === 0) return yield { name, value: JSON.stringify(value) };
  for (const [key, one] of inside)
    yield* leaves(`${at}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`, one, depth + 1);
}

/** `Tags.0=a` is the member /Tags/0. */
function pairs(text: string): RequestPart[] {
  if (text === "") return [];
  return text.split("&").map((pair) => {
    const [name = "", value = ""] = pair.split(/=(.*)/s);
    return { name: `/${decoded(name).replaceAll(".", "/")}`, value: decoded(value) };
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
