/** A recorded request → its parts by name, in the order of the wire, so that two requests can be laid side by side. */
import type { RecordedExchange } from "../../runner/model.ts";

/** `name`: a JSON pointer into the members, `header NAME`, `method` or `path`. */
export interface Part {
  readonly name: string;
  readonly value: string;
}

export function partsOf({ request }: RecordedExchange): Part[] {
  const { method, url, headers, body } = request;
  const address = /^[a-z]+:\/\/[^/]*([^?]*)\??(.*)$/is.exec(url);
  return [
    { name: "method", value: method },
    { name: "path", value: address?.[1] ?? url },
    ...headers.map(([name, value]) => ({ name: `header ${name}`, value })),
    ...pairs(address?.[2] ?? ""),
    ...members(body.text),
  ];
}

function members(text: string): Part[] {
  if (text === "") return [];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return /^[^={}[\]]+=/.test(text) ? pairs(text) : [{ name: "body", value: text }];
  }
  return [...leaves("", value)];
}

function* leaves(at: string, value: unknown): Generator<Part> {
  const inside = value !== null && typeof value === "object" ? Object.entries(value) : [];
  // A shape that is empty is a value, too.
  if (inside.length === 0) return yield { name: at || "/", value: JSON.stringify(value) };
  for (const [name, one] of inside) yield* leaves(`${at}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`, one);
}

/** `Tags.0=a` is the member /Tags/0. */
function pairs(text: string): Part[] {
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
