/** wrong-type: a value of another JSON type than the declared one. */
import type { Action, ExpectedRefusal, Json, Parameter, Schema } from "../../model/index.ts";
import { itemSchema, ruleId } from "../../spec/rules.ts";
import { additionalFor, isSendable } from "../sent-parameters.ts";
import type { CaseTemplate, Family } from "../template.ts";

/** Belongs to no resource, also where a lenient target converts it to a text: the resource that it then names must not exist. */
const UNLIKELY_ID = 918_273_645_546_372;

/** By declared type. */
const valuesOfOtherTypes: Readonly<Record<string, readonly (readonly [slug: string, value: Json])[]>> = {
  string: [
    ["number", UNLIKELY_ID],
    ["boolean", true],
    ["object", {}],
    ["list", [`assay${UNLIKELY_ID}`]],
  ],
  integer: [
    ["text", "abc"],
    ["decimal", 1.5],
    ["boolean", true],
    ["object", {}],
    ["list", [1]],
  ],
  number: [
    ["text", "abc"],
    ["boolean", true],
    ["object", {}],
    ["list", [1]],
  ],
  boolean: [
    ["text", "maybe"],
    ["number", 2],
    ["object", {}],
    ["list", [true]],
  ],
  array: [
    ["text", `assay${UNLIKELY_ID}`],
    ["number", UNLIKELY_ID],
    ["object", { a: `assay${UNLIKELY_ID}` }],
  ],
  object: [
    ["text", `assay${UNLIKELY_ID}`],
    ["number", UNLIKELY_ID],
    ["list", [`assay${UNLIKELY_ID}`]],
  ],
};

export const wrongType: Family = {
  id: "wrong-type",
  description: "a value of another JSON type than the declared one",
  absenceReason: () => "no parameter has a documented refusal of another type",
  *templates(action) {
    for (const p of action.parameters.filter(isSendable)) {
      const refusal = p.refusals.get("type");
      if (!refusal) continue;
      yield* wrongTypeTemplates(action, p, p.schema, refusal, false);
      const items = itemSchema(p);
      if (items) yield* wrongTypeTemplates(action, p, items, p.itemRefusals.get("type") ?? refusal, true);
    }
  },
};

function* wrongTypeTemplates(
  action: Action,
  p: Parameter,
  schema: Schema,
  refusal: ExpectedRefusal,
  inItems: boolean,
): Iterable<CaseTemplate> {
  const type = String([schema.type].flat()[0]);
  const place = inItems ? `${p.name}.items` : p.name;
  // A lenient target may convert `true` to a text, and a resource of that name may exist.
  const namesResource = action.mutating && action.given.has(p.name);
  for (const [slug, value] of valuesOfOtherTypes[type] ?? []) {
    if (namesResource && slug === "boolean") continue;
    yield {
      place,
      slug,
      title: `MUST refuse ${place} as ${slug === "object" ? "an" : "a"} ${slug}`,
      outcome: refusal,
      rule: ruleId(action, p.name, "type"),
      additionalParameters: additionalFor(action, p),
      edit: {
        op: "set",
        at: inItems ? { parameter: p.name, item: 0 } : { parameter: p.name },
        value: { kind: "literal", value },
      },
      // Pairs contain only text, so only a text that is no number has another type than the declared one.
      expressibleAsPairs: !inItems && typeof value === "string" && type !== "array" && type !== "object",
      source: refusal.source,
    };
  }
}
