/** Specs → the names of the freedoms: what the documents leave to the server. Each must be used by a variant of the emulator. */
import type {
  Envelope,
  ExpectedRefusal,
  ResponseShape,
  ReturnedList,
  Schema,
  Service,
} from "../../../runner/model/index.ts";
import type { Specs } from "../../../runner/spec/load.ts";
import { placesOf } from "../../../runner/spec/places/places.ts";

/** Freedoms of HTTP and JSON, which no spec restricts. */
const httpAndJsonFreedoms = [
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
/**
 * Undocumented for every action: the order in which parameters are checked, the meaning of null for an optional parameter,
 * and whether names that differ in the case of letters are different.
 */
const undocumentedFreedoms = ["order", "null", "names/case"];

export function documentedFreedoms({ services }: Specs): Set<string> {
  const freedoms = new Set([...httpAndJsonFreedoms, ...undocumentedFreedoms]);
  const envelopes = new Set([...services.values()].map((s) => s.envelope));
  for (const envelope of envelopes) for (const name of envelopeFreedoms(envelope)) freedoms.add(name);
  for (const service of services.values()) for (const name of serviceFreedoms(service)) freedoms.add(name);
  return freedoms;
}

function* envelopeFreedoms(envelope: Envelope): Iterable<string> {
  const { name, success, refusal, code, requestId, codes } = envelope;
  yield* shapeFreedoms(name, "success", success);
  yield* shapeFreedoms(name, "refusal", refusal);
  if (requestId !== null) yield `${name}/requestId`;
  if (code.locations.length > 1)
    for (const location of code.locations)
      yield `${name}/code/${"body" in location ? lastSegment(location.body) : location.header}`;
  if (code.trim?.before !== undefined) yield `${name}/clean/before`;
  if (code.trim?.after !== undefined) yield `${name}/clean/after`;
  if ([...codes.values()].some((c) => c.status.length > 1)) yield "status";
  if ([...codes.values()].some((c) => c.causes.includes("throttle"))) yield "busy";
  for (const common of envelope.common.values())
    for (const { refusals, conflicts } of common) {
      yield* [...refusals].flatMap(([, r]) => refusalFreedoms(r));
      if (conflicts.length > 0) yield "conflict";
    }
  if ([...envelope.gatewayRules.values()].some(({ refusals }) => refusals.has("size"))) yield "size";
  for (const { refusals } of envelope.gatewayRules.values())
    yield* [...refusals].flatMap(([, r]) => refusalFreedoms(r));
}

function* shapeFreedoms(envelope: string, kind: "success" | "refusal", shape: ResponseShape): Iterable<string> {
  if (shape.contentType === "any") yield `${envelope}/contentType`;
  else {
    yield "contentType/parameters";
    if (shape.contentType.length > 1) yield "contentType/alternatives";
  }
  if (shape.emptyBody) yield `${envelope}/emptyBody/${kind}`;
  yield* schemaFreedoms(envelope, shape.schema);
}

/** Members that are optional, nullable or of any text, and objects that allow undeclared members. */
function* schemaFreedoms(envelope: string, schema: Schema): Iterable<string> {
  if (schema.type !== "object") return;
  if (allowsUndeclaredMembers(schema)) yield "open";
  for (const [name, member] of Object.entries((schema.properties ?? {}) as Record<string, Schema>)) {
    if (!schema.required?.includes(name)) yield `${envelope}/optional/${name}`;
    const types = [member.type].flat() as (string | undefined)[];
    if (types.includes("null")) yield `${envelope}/null/${name}`;
    if (types.includes("string") && !hasFixedValues(member) && /info|message/i.test(name))
      yield `${envelope}/text/${name}`;
    yield* schemaFreedoms(envelope, member);
  }
}

/** Whether a length in characters depends on the unit: the text may have characters of two UTF-16 units. */
const hasLengthWithoutUnit = ({ maxLength, minLength = 0, pattern }: Schema): boolean =>
  (maxLength !== undefined || minLength > 1) && (pattern === undefined || new RegExp(pattern, "u").test("\u{20000}"));
const isNullable = ({ type }: Schema): boolean => ([type].flat() as (string | undefined)[]).includes("null");
/** Whether the schema lists the allowed values. */
const hasFixedValues = (schema: Schema): boolean => "const" in schema || schema.enum !== undefined;
const allowsUndeclaredMembers = (schema: Schema): boolean => schema.additionalProperties !== false;
const lastSegment = (pointer: string): string => pointer.slice(pointer.lastIndexOf("/") + 1);

function refusalFreedoms(refusal: ExpectedRefusal): string[] {
  if (refusal.level === "may") return ["may"];
  return refusal.codes.length > 1 ? ["codes"] : [];
}

function* serviceFreedoms({ actions, resources, errors }: Service): Iterable<string> {
  if ([...errors.values()].some((c) => c.status.length > 1)) yield "status";
  if ([...errors.values()].some((c) => c.causes.includes("throttle"))) yield "busy";
  if ([...resources.values()].some((r) => r.consistencySeconds > 0)) yield "settles";
  for (const {
    parameters,
    crossParameterRules,
    situations,
    undeclaredMember,
    output,
    returnedList,
  } of actions.values()) {
    if (returnedList) yield* listFreedoms(returnedList, output);
    for (const p of parameters) {
      for (const { schema, refusals, conflicts } of placesOf(p)) {
        yield* [...refusals.values()].flatMap(refusalFreedoms);
        if (conflicts.length > 0) yield "conflict";
        if (hasLengthWithoutUnit(schema)) yield "lengthUnit";
      }
    }
    yield* [
      undeclaredMember,
      ...crossParameterRules.map((r) => r.refusal),
      ...situations.flatMap((s) => s.refused ?? []),
    ].flatMap(refusalFreedoms);
    const members = Object.keys(output.properties ?? {});
    if (allowsUndeclaredMembers(output)) yield "open";
    if (members.length === 0) yield "output/none";
    if (members.some((name) => !output.required?.includes(name))) yield "output/optional";
    if (members.some((name) => isNullable(output.properties?.[name] as Schema))) yield "output/null";
  }
}

/** The order of the entries of a page, and totals that the output need not have. */
function* listFreedoms({ totalPointer, itemTotals }: ReturnedList, output: Schema): Iterable<string> {
  yield "list/order";
  const names = [...(totalPointer === undefined ? [] : [totalPointer]), ...Object.keys(itemTotals)].map((p) =>
    p.slice(1),
  );
  if (names.some((name) => !output.required?.includes(name))) yield "list/total";
}
