/** Specs → the freedoms that they leave, by name; every one of them is to be used by some variant. */
import type { Envelope, ExpectedRefusal, ResponseShape, Schema, Service } from "../../../runner/model/index.ts";
import type { Specs } from "../../../runner/spec/load.ts";

/** What no spec speaks of, because HTTP and JSON leave it to everybody. */
const ofTheWire = [
  "http/header-names",
  "http/headers",
  "http/chunked",
  "http/pieces",
  "http/close",
  "http/slow",
  "contentType/case",
  "json/order",
  "json/blanks",
  "json/escapes",
  "json/numbers",
];
/** What no page says of any action: in which order parameters are looked at, and what a null of an optional one is. */
const ofSilence = ["order", "null"];

export function documentedFreedoms({ services }: Specs): Set<string> {
  const found = new Set([...ofTheWire, ...ofSilence]);
  const envelopes = new Set([...services.values()].map((s) => s.envelope));
  for (const envelope of envelopes) for (const name of ofEnvelope(envelope)) found.add(name);
  for (const service of services.values()) for (const name of ofService(service)) found.add(name);
  return found;
}

function* ofEnvelope(envelope: Envelope): Iterable<string> {
  const { name, success, refusal, code, requestId, codes } = envelope;
  yield* ofShape(name, "success", success);
  yield* ofShape(name, "refusal", refusal);
  if (requestId !== null) yield `${name}/requestId`;
  if (code.locations.length > 1)
    for (const place of code.locations) yield `${name}/code/${"body" in place ? lastOf(place.body) : place.header}`;
  if (code.trim?.before !== undefined) yield `${name}/clean/before`;
  if (code.trim?.after !== undefined) yield `${name}/clean/after`;
  if ([...codes.values()].some((c) => c.status.length > 1)) yield "status";
  for (const common of envelope.common.values())
    for (const { refusals, conflicts } of common) {
      yield* [...refusals].flatMap(([, r]) => ofRefusal(r));
      if (conflicts.length > 0) yield "conflict";
    }
  for (const { refusals } of envelope.gatewayRules.values()) yield* [...refusals].flatMap(([, r]) => ofRefusal(r));
}

function* ofShape(envelope: string, kind: "success" | "refusal", shape: ResponseShape): Iterable<string> {
  if (shape.contentType === "any") yield `${envelope}/contentType`;
  else yield "contentType/parameters";
  if (shape.emptyBody) yield `${envelope}/emptyBody/${kind}`;
  yield* ofSchema(envelope, shape.schema);
}

/** Members that may be absent, null, any text, or more than are named. */
function* ofSchema(envelope: string, schema: Schema): Iterable<string> {
  if (schema.type !== "object") return;
  if (isOpen(schema)) yield "open";
  for (const [name, member] of Object.entries((schema.properties ?? {}) as Record<string, Schema>)) {
    if (!schema.required?.includes(name)) yield `${envelope}/optional/${name}`;
    const types = [member.type].flat() as (string | undefined)[];
    if (types.includes("null")) yield `${envelope}/null/${name}`;
    if (types.includes("string") && !isWord(member) && /info|message/i.test(name)) yield `${envelope}/text/${name}`;
    yield* ofSchema(envelope, member);
  }
}

const isWord = (schema: Schema): boolean => "const" in schema || schema.enum !== undefined;
const isOpen = (schema: Schema): boolean => schema.additionalProperties !== false;
const lastOf = (pointer: string): string => pointer.slice(pointer.lastIndexOf("/") + 1);

function ofRefusal(refusal: ExpectedRefusal): string[] {
  if (refusal.level === "may") return ["may"];
  return refusal.codes.length > 1 ? ["codes"] : [];
}

function* ofService({ actions, resources, errors }: Service): Iterable<string> {
  if ([...errors.values()].some((c) => c.status.length > 1)) yield "status";
  if ([...resources.values()].some((r) => r.consistencySeconds > 0)) yield "settles";
  for (const { parameters, crossParameterRules, situations, undeclaredMember, output } of actions.values()) {
    for (const p of parameters) {
      yield* [...p.refusals.values(), ...p.itemRefusals.values()].flatMap(ofRefusal);
      if (p.conflicts.length > 0) yield "conflict";
    }
    yield* [
      undeclaredMember,
      ...crossParameterRules.map((r) => r.refusal),
      ...situations.flatMap((s) => s.refused ?? []),
    ].flatMap(ofRefusal);
    const members = Object.keys(output.properties ?? {});
    if (isOpen(output)) yield "open";
    if (members.length === 0) yield "output/none";
    if (members.some((name) => !output.required?.includes(name))) yield "output/optional";
  }
}
