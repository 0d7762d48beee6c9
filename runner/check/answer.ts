/** An answer of any kind → what is wrong with its form: status, content type, envelope, output, request id. */
import type { Action, Finding, HttpResponse, Outcome } from "../model.ts";
import { statusesOf } from "../spec/codes.ts";
import { envelopeFindings, outputFindings, typeName } from "./schemas.ts";
import type { SeenIds } from "./seen-ids.ts";

type Readable = Exclude<Outcome, { kind: "unreadable" }>;

export function formFindings(action: Action, response: HttpResponse, outcome: Readable, ids: SeenIds): Finding[] {
  const { envelope } = action.service;
  const found: Finding[] = [];
  const statuses = outcome.kind === "success" ? envelope.success.status : statusesOf(action, outcome.code);
  if (!statuses.includes(response.status)) {
    found.push({ check: "status", level: "must", at: "status", expected: [...statuses], actual: response.status });
  }
  found.push(...contentType(action, response, outcome));
  if (outcome.body !== undefined) {
    found.push(...envelopeFindings(envelope, outcome.kind, outcome.body));
    if (outcome.kind === "success" && outcome.output !== undefined)
      found.push(...outputFindings(action, outcome.output));
  } else if (outcome.kind === "success" && (action.output.required?.length ?? 0) > 0) {
    found.push({
      check: "output",
      level: "must",
      at: "body",
      expected: [...(action.output.required ?? [])],
      actual: "empty body",
    });
  }
  found.push(...requestId(action, outcome, ids));
  return found;
}

function contentType(action: Action, response: HttpResponse, outcome: Readable): Finding[] {
  const wanted = action.service.envelope[outcome.kind].contentType;
  if (wanted === "any" || response.body.length === 0) return [];
  const had = response.headers.find(([n]) => n === "content-type")?.[1];
  const plain = had?.split(";")[0]?.trim().toLowerCase();
  if (plain !== undefined && wanted.includes(plain)) return [];
  return [
    { check: "content-type", level: "must", at: "header:content-type", expected: [...wanted], actual: had ?? "absent" },
  ];
}

function requestId(action: Action, outcome: Readable, ids: SeenIds): Finding[] {
  const place = action.service.envelope.requestId;
  if (place === null) return [];
  const at = "header" in place ? `header:${place.header}` : place.body;
  const id = outcome.requestId;
  if (typeof id !== "string" || id === "") {
    return [{ check: "request-id", level: "must", at, expected: "a text that is not empty", actual: typeName(id) }];
  }
  return ids.add(id)
    ? []
    : [{ check: "request-id", level: "must", at, expected: "different from each other answer's", actual: "repeated" }];
}
