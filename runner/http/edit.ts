/** A request + a list of edits of its text → the edited request. */
import type { HttpRequest, RequestEdit } from "../model/index.ts";

export const applyEdits = (request: HttpRequest, edits: readonly RequestEdit[]): HttpRequest =>
  edits.reduce(applyEdit, request);

function applyEdit(request: HttpRequest, edit: RequestEdit): HttpRequest {
  switch (edit.op) {
    case "method":
      return { ...request, method: edit.method };
    case "path":
      return { ...request, path: edit.path + queryOf(request.path) };
    case "body":
      return { ...request, body: edit.text };
    case "around":
      return { ...request, body: edit.before + bodyText(request) + edit.after };
    case "nest":
      return { ...request, body: "[".repeat(edit.depth) + "]".repeat(edit.depth) };
    case "pad":
      // Bytes, because signing a text of ten megabytes takes several times as long.
      return edit.in === "json"
        ? { ...request, body: Buffer.from(pad(bodyText(request), " ", edit.bytes)) }
        : editPairs(request, edit.in, (pairs) => pad(pairs, "&", edit.bytes));
    case "repeat":
      return edit.in === "json"
        ? { ...request, body: repeatJsonMember(bodyText(request), edit.name) }
        : editPairs(request, edit.in, (pairs) => repeatPair(pairs, edit.name));
    case "drop":
    case "put":
    case "cut":
      return edit.in === "header" ? editHeader(request, edit) : editPair(request, edit.in, edit);
  }
}

type ValueEdit = Extract<RequestEdit, { op: "drop" | "put" | "cut" }>;

/** The value after the edit; undefined if it is dropped. */
const editedValue = (edit: ValueEdit, value: string): string | undefined =>
  edit.op === "drop" ? undefined : edit.op === "put" ? edit.value : value.slice(0, Math.max(0, value.length - edit.by));

function editHeader(request: HttpRequest, edit: ValueEdit): HttpRequest {
  const lowerName = edit.name.toLowerCase();
  let isPresent = false;
  const headers = request.headers.flatMap(([name, oldValue]): [string, string][] => {
    if (name.toLowerCase() !== lowerName) return [[name, oldValue]];
    isPresent = true;
    const value = editedValue(edit, oldValue);
    return value === undefined ? [] : [[name, value]];
  });
  return { ...request, headers: !isPresent && edit.op === "put" ? [...headers, [edit.name, edit.value]] : headers };
}

/** Values are decoded before the edit and percent-encoded after it. */
function editPair(request: HttpRequest, where: "query" | "form", edit: ValueEdit): HttpRequest {
  return editPairs(request, where, (pairs) => {
    let isPresent = false;
    const parts = pairs.split("&").flatMap((part) => {
      const [name = "", oldValue = ""] = part.split(/=(.*)/s);
      if (name !== edit.name) return [part];
      isPresent = true;
      const value = editedValue(edit, decodeURIComponent(oldValue));
      return value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`];
    });
    if (!isPresent && edit.op === "put") parts.push(`${edit.name}=${encodeURIComponent(edit.value)}`);
    return parts.filter((part) => part !== "").join("&");
  });
}

function editPairs(request: HttpRequest, where: "query" | "form", change: (pairs: string) => string): HttpRequest {
  if (where === "form") return { ...request, body: change(bodyText(request)) };
  const query = change(queryOf(request.path).slice(1));
  const path = request.path.split("?", 1)[0] ?? "";
  return { ...request, path: query === "" ? path : `${path}?${query}` };
}

/** With the `?`; empty if there is none. */
const queryOf = (path: string): string => (path.includes("?") ? path.slice(path.indexOf("?")) : "");

const bodyText = ({ body }: HttpRequest): string =>
  typeof body === "string" ? body : Buffer.from(body).toString("utf8");

const pad = (text: string, filler: string, bytes: number): string =>
  text + filler.repeat(Math.max(0, bytes - Buffer.byteLength(text)));

/** Adds the member with the same value a second time, at the end of the object. */
function repeatJsonMember(json: string, name: string): string {
  const value = JSON.stringify((JSON.parse(json) as Record<string, unknown>)[name]);
  return `${json.slice(0, -1)},${JSON.stringify(name)}:${value}}`;
}

/** A list is sent as `Name.0`, `Name.1`: of a list the first item is repeated. */
function repeatPair(pairs: string, name: string): string {
  const pair = pairs.split("&").find((part) => part.startsWith(`${name}=`) || part.startsWith(`${name}.`));
  if (pair === undefined) throw new Error(`${name} is not in the request, so it cannot be repeated`);
  return `${pairs}&${pair}`;
}
