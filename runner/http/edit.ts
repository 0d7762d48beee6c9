/** A request and one change of its text → the request as it then stands. */
import type { HttpRequest, RequestEdit } from "../model/index.ts";

export const applyEdits = (request: HttpRequest, edits: readonly RequestEdit[]): HttpRequest =>
  edits.reduce(one, request);

function one(request: HttpRequest, edit: RequestEdit): HttpRequest {
  switch (edit.op) {
    case "method":
      return { ...request, method: edit.method };
    case "path":
      return { ...request, path: edit.path + queryOf(request.path) };
    case "body":
      return { ...request, body: edit.text };
    case "around":
      return { ...request, body: edit.before + textOf(request) + edit.after };
    case "nest":
      return { ...request, body: "[".repeat(edit.depth) + "]".repeat(edit.depth) };
    case "pad":
      return edit.in === "json"
        ? { ...request, body: padded(textOf(request), " ", edit.bytes) }
        : withPairs(request, edit.in, (text) => padded(text, "&", edit.bytes));
    case "repeat":
      return edit.in === "json"
        ? { ...request, body: repeatJsonMember(textOf(request), edit.name) }
        : withPairs(request, edit.in, (text) => repeatPair(text, edit.name));
    case "drop":
    case "put":
    case "cut":
      return edit.in === "header" ? inHeaders(request, edit) : inPairs(request, edit.in, edit);
  }
}

type ValueEdit = Extract<RequestEdit, { op: "drop" | "put" | "cut" }>;

/** The value after the edit; undefined where it goes. */
const changed = (edit: ValueEdit, value: string): string | undefined =>
  edit.op === "drop" ? undefined : edit.op === "put" ? edit.value : value.slice(0, Math.max(0, value.length - edit.by));

function inHeaders(request: HttpRequest, edit: ValueEdit): HttpRequest {
  const wanted = edit.name.toLowerCase();
  let found = false;
  const headers = request.headers.flatMap(([name, value]): [string, string][] => {
    if (name.toLowerCase() !== wanted) return [[name, value]];
    found = true;
    const text = changed(edit, value);
    return text === undefined ? [] : [[name, text]];
  });
  return { ...request, headers: !found && edit.op === "put" ? [...headers, [edit.name, edit.value]] : headers };
}

/** Values of pairs are edited as they mean, and written as RFC 3986 has them. */
function inPairs(request: HttpRequest, where: "query" | "form", edit: ValueEdit): HttpRequest {
  return withPairs(request, where, (text) => {
    let found = false;
    const parts = text.split("&").flatMap((part) => {
      const [name = "", value = ""] = part.split(/=(.*)/s);
      if (name !== edit.name) return [part];
      found = true;
      const now = changed(edit, decodeURIComponent(value));
      return now === undefined ? [] : [`${name}=${encodeURIComponent(now)}`];
    });
    if (!found && edit.op === "put") parts.push(`${edit.name}=${encodeURIComponent(edit.value)}`);
    return parts.filter((part) => part !== "").join("&");
  });
}

function withPairs(request: HttpRequest, where: "query" | "form", change: (text: string) => string): HttpRequest {
  if (where === "form") return { ...request, body: change(textOf(request)) };
  const query = change(queryOf(request.path).slice(1));
  const path = request.path.split("?", 1)[0] ?? "";
  return { ...request, path: query === "" ? path : `${path}?${query}` };
}

const queryOf = (path: string): string => (path.includes("?") ? path.slice(path.indexOf("?")) : "");

const textOf = ({ body }: HttpRequest): string =>
  typeof body === "string" ? body : Buffer.from(body).toString("utf8");

const padded = (text: string, with_: string, bytes: number): string =>
  text + with_.repeat(Math.max(0, bytes - Buffer.byteLength(text)));

/** The member once more at the end of the object, with the same value. */
function repeatJsonMember(json: string, name: string): string {
  const value = JSON.stringify((JSON.parse(json) as Record<string, unknown>)[name]);
  return `${json.slice(0, -1)},${JSON.stringify(name)}:${value}}`;
}

/** Lists stand as `Name.0`, `Name.1`: the first of them then. */
function repeatPair(text: string, name: string): string {
  const pair = text.split("&").find((part) => part.startsWith(`${name}=`) || part.startsWith(`${name}.`));
  if (pair === undefined) throw new Error(`${name} does not stand in the request, so it cannot be repeated`);
  return `${text}&${pair}`;
}
