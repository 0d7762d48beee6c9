/** A breach of the request as a whole → the ways to commit it: another method, a body that is none, one that is too large. */
import type { Action, RequestEdit } from "../../model/index.ts";
import type { GatewayBreach } from "../../spec/gateway-rules.ts";
import type { CaseTemplate } from "../template.ts";
import { gatewayTemplate, memberLocation, mutateBeforeSigning } from "./template.ts";

/** What is wrong with it, by breach: place, slug, words and edits. */
type MalformedVariant = readonly [place: string, slug: string, what: string, ...edits: RequestEdit[]];

const NESTING_LEVELS = 10_000;

const malformedVariants: Readonly<Record<string, (action: Action, binding: string) => readonly MalformedVariant[]>> = {
  method: (action) => [
    ["method", "put", "the method PUT", { op: "method", method: "PUT" }],
    ...(isGetSupported(action) ? [] : [getVariant]),
  ],
  path: ({ path = "" }) => [
    ["path", "unknown", "a command that is none", { op: "path", path: path.replace(/[^/]*$/, "assay_nothing") }],
  ],
  malformed: () => [
    ["body", "malformed", "a body that begins with a brace too many", { op: "around", before: "{", after: "" }],
  ],
  "text-behind": () => [
    ["body", "text-behind", "a body with a letter behind its JSON", { op: "around", before: "", after: "x" }],
  ],
  "empty-body": () => [["body", "empty", "an empty body", { op: "body", text: "" }]],
  "not-an-object": () => [
    ["body", "not-an-object-list", "the object in a list", { op: "around", before: "[", after: "]" }],
    ["body", "not-an-object-text", "a text for the object", { op: "body", text: '"assay"' }],
    ["body", "not-an-object-number", "a number for the object", { op: "body", text: "7" }],
    ["body", "not-an-object-null", "null for the object", { op: "body", text: "null" }],
  ],
  nesting: () => [["body", `${NESTING_LEVELS}-levels`, `${NESTING_LEVELS} lists, each in the other`, { op: "nest", depth: NESTING_LEVELS }]],
};

const getVariant: MalformedVariant = [
  "method",
  "get",
  "the method GET",
  { op: "method", method: "GET" },
  { op: "body", text: "" },
];

/** With members in a query it is another binding, and right. */
const isGetSupported = ({ service }: Action): boolean =>
  [...service.envelope.common.keys()].some((binding) => memberLocation(binding) === "query");

export function* malformedRequestTemplates(action: Action, b: GatewayBreach): Iterable<CaseTemplate> {
  if (b.breach === "size") yield* sizeTemplates(action, b);
  for (const [place, slug, description, ...edits] of malformedVariants[b.breach]?.(action, b.binding) ?? [])
    yield gatewayTemplate(action, b, {
      place,
      slug,
      description: description,
      mutation: mutateBeforeSigning(...edits),
      alternativeCodes: codesForMissingMembers(action, b.breach),
    });
}

/** A body of nothing is also a call without its members. */
const codesForMissingMembers = ({ parameters }: Action, breach: string): readonly string[] =>
  breach === "empty-body" ? parameters.flatMap((p) => p.refusals.get("absent")?.codes ?? []) : [];

/** Blanks behind JSON mean nothing, so there what is within on every reading must be taken; what stands between pairs may be refused for itself. */
function* sizeTemplates(action: Action, b: GatewayBreach): Iterable<CaseTemplate> {
  const size = Number(b.value);
  const location = memberLocation(b.binding);
  const place = location === "json" ? "body" : location;
  const padded = (bytes: number) => ({
    place,
    slug: `${bytes}-bytes`,
    description: `a ${place} of ${bytes} bytes`,
    change: mutateBeforeSigning({ op: "pad", in: location, bytes }),
  });
  if (location === "json") yield gatewayTemplate(action, b, { ...padded(decimalBytes(size)), accepted: true });
  yield gatewayTemplate(action, b, padded(size + 1));
}

/** A page that says MB or KB may count in thousands: the lesser reading. */
function decimalBytes(size: number): number {
  if (size % 2 ** 20 === 0) return (size / 2 ** 20) * 10 ** 6;
  return size % 2 ** 10 === 0 ? (size / 2 ** 10) * 1000 : size;
}
