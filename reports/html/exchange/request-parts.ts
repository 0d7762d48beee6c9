/** Recorded request → its named parts, in the order in which they were sent, so that two requests can be compared. */
import type { RecordedExchange } from "../../../runner/model/index.ts";
import { plural, truncate } from "../../text/visible-text.ts";

/** `name`: a JSON pointer into the members, `header NAME`, `method`, `path` or `body`. */
export interface RequestPart {
  readonly name: string;
  readonly value: string;
}

/** A longer list is one part; so is a value below `MAX_DEPTH`. */
const MAX_LIST_ITEMS = 8;
const MAX_DEPTH = 8;

/** `raw`: the body is one part, because its text deviates or one of two bodies cannot be read. */
export function requestParts({ request }: RecordedExchange, raw: boolean): RequestPart[] {
  const { method, url, headers, body } = request;
  const urlParts = /^[a-z]+:\/\/[^/]*([^?]*)\??(.*)$/is.exec(url);
  return [
    { name: "method", value: method },
    { name: "path", value: urlParts?.[1] ?? url },
    ...headers.map(([name, value]) => ({ name: `header ${name}`, value })),
    ...queryParts(urlParts?.[2] ?? ""),
    ...(raw ? [{ name: "body", value: body.text }] : bodyParts(body.text)),
  ];
}

/** True where the members of the body can be read: the log holds all of it, and it is empty, JSON or form-encoded. */
export function isReadable({ request: { body } }: RecordedExchange): boolean {
  if (body.sha256 !== undefined) return false;
  return body.text === "" || parseJson(body.text) !== undefined || isFormEncoded(body.text);
}

const isFormEncoded = (text: string): boolean => /^[^={}[\]"\s]+=/.test(text);

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function bodyParts(text: string): RequestPart[] {
  if (text === "") return [];
  const json = parseJson(text);
  if (json === undefined) return queryParts(text);
  return [...leafParts("", json.value, 0)];
}

function* leafParts(pointer: string, value: unknown, depth: number): Generator<RequestPart> {
  const name = pointer || "/";
  const entries = value !== null && typeof value === "object" ? Object.entries(value) : [];
  if (depth > MAX_DEPTH && entries.length > 0) return yield { name, value: "…" };
  if (Array.isArray(value) && value.length > MAX_LIST_ITEMS) {
    const firstItems = value.slice(0, 2).map((entry) => truncate(typeof entry === "object" ? "…" : String(entry), 60));
    return yield { name, value: `${plural(value.length, "item")}: ${firstItems.join(", ")}, …` };
  }
  // An empty list or object is a value.
  if (entries.length === 0) return yield { name, value: JSON.stringify(value) };
  for (const [key, entry] of entries)
    yield* leafParts(`${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`, entry, depth + 1);
}

/** `Tags.0=a` is the member `/Tags/0`. */
function queryParts(text: string): RequestPart[] {
  if (text === "") return [];
  return text.split("&").map((pair) => {
    const [name = "", value = ""] = pair.split(/=(.*)/s);
    return { name: `/${decode(name).replaceAll(".", "/")}`, value: decode(value) };
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
