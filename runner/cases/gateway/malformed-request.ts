/** A breach of the request as a whole → calls with another method or path, with a malformed body, or with one that is too large. */
import type { Action, RequestEdit } from "../../model/index.ts";
import { type GatewayBreach, isPing } from "../../spec/gateway-rules.ts";
import type { CaseTemplate } from "../template.ts";
import { gatewayTemplate, memberLocation, mutateBeforeSigning } from "./template.ts";

type MalformedVariant = readonly [place: string, slug: string, description: string, ...edits: RequestEdit[]];

/** Deep enough to overflow the stack of a recursive parser. Part of a case id. */
const NESTING_LEVELS = 10_000;

/** By breach. */
const malformedVariants: Readonly<Record<string, (action: Action, binding: string) => readonly MalformedVariant[]>> = {
  method: (action) => [
    ["method", "put", "the method PUT", { op: "method", method: "PUT" }],
    ...(isGetSupported(action) ? [] : [getVariant]),
    ...(isGetSupported(action) || !isPing(action) ? [] : [getWithBodyVariant]),
  ],
  path: (action) => [
    ["path", "unknown", "an unknown command", { op: "path", path: pathOf(action).replace(/[^/]*$/, "assay_nothing") }],
    ...(isPing(action) ? [versionVariant(action)] : []),
  ],
  malformed: () => [
    ["body", "malformed", "a body with one opening brace too many", { op: "around", before: "{", after: "" }],
  ],
  "text-behind": () => [
    ["body", "text-behind", "a body with a letter after its JSON", { op: "around", before: "", after: "x" }],
  ],
  "empty-body": () => [["body", "empty", "an empty body", { op: "body", text: "" }]],
  "not-an-object": () => [
    ["body", "not-an-object-list", "a list that contains the object", { op: "around", before: "[", after: "]" }],
    ["body", "not-an-object-text", "a text instead of the object", { op: "body", text: '"assay"' }],
    ["body", "not-an-object-number", "a number instead of the object", { op: "body", text: "7" }],
    ["body", "not-an-object-null", "null instead of the object", { op: "body", text: "null" }],
  ],
  nesting: () => [
    ["body", `${NESTING_LEVELS}-levels`, `${NESTING_LEVELS} nested lists`, { op: "nest", depth: NESTING_LEVELS }],
  ],
};

const getVariant: MalformedVariant = [
  "method",
  "get",
  "the method GET",
  { op: "method", method: "GET" },
  { op: "body", text: "" },
];

/** The first variant is also refused by a server that ignores the method and needs a body. */
const getWithBodyVariant: MalformedVariant = [
  "method",
  "get-with-body",
  "the method GET with a body",
  { op: "method", method: "GET" },
];

const pathOf = ({ path = "" }: Action): string => path;

const versionVariant = (action: Action): MalformedVariant => [
  "path",
  "another-version",
  "a version that does not exist",
  { op: "path", path: pathOf(action).replace(/^\/[^/]*/, "/v0") },
];

/** True where the service has a GET binding: then a GET is no breach. */
const isGetSupported = ({ service }: Action): boolean =>
  [...service.envelope.common.keys()].some((binding) => memberLocation(binding) === "query");

export function* malformedRequestTemplates(action: Action, b: GatewayBreach): Iterable<CaseTemplate> {
  if (b.breach === "size") yield* sizeTemplates(action, b);
  for (const [place, slug, description, ...edits] of malformedVariants[b.breach]?.(action, b.binding) ?? [])
    yield gatewayTemplate(action, b, {
      place,
      slug,
      description,
      mutation: mutateBeforeSigning(...edits),
      alternativeCodes: codesForMissingMembers(action, b.breach),
    });
}

/** An empty body may also be refused as a call without its required members. */
const codesForMissingMembers = ({ parameters }: Action, breach: string): readonly string[] =>
  breach === "empty-body" ? parameters.flatMap((p) => p.refusals.get("absent")?.codes ?? []) : [];

/**
 * Just beyond the limit, refused. JSON is padded with spaces, which mean nothing, so there a body that keeps the limit on
 * every interpretation must be accepted; the padding of pairs may be refused by itself.
 */
function* sizeTemplates(action: Action, b: GatewayBreach): Iterable<CaseTemplate> {
  const size = Number(b.value);
  const location = memberLocation(b.binding);
  const place = location === "json" ? "body" : location;
  const padded = (bytes: number) => ({
    place,
    slug: `${bytes}-bytes`,
    description: `a ${place} of ${bytes} bytes`,
    mutation: mutateBeforeSigning({ op: "pad", in: location, bytes }),
  });
  if (location === "json") yield gatewayTemplate(action, b, { ...padded(decimalBytes(size)), accepted: true });
  yield gatewayTemplate(action, b, padded(size + 1));
}

/** A limit documented in MB or KB may mean powers of 1000: this is the smaller interpretation, in bytes. */
function decimalBytes(size: number): number {
  if (size % 2 ** 20 === 0) return (size / 2 ** 20) * 10 ** 6;
  return size % 2 ** 10 === 0 ? (size / 2 ** 10) * 1000 : size;
}
