/** wrong-type: a value of another JSON type than the declared one. */
import type { Action, Json, Parameter, Refusal, Schema } from "../../model/index.ts";
import { itemSchema, ruleId } from "../../spec/rules.ts";
import { extraFor, sendable } from "../sent-parameters.ts";
import type { Draft, Family } from "../template.ts";

/** Nobody's id, whatever a target makes of it: what it takes it for must not be somebody's. */
const nobody = 918_273_645_546_372;

const others: Readonly<Record<string, readonly (readonly [slug: string, value: Json])[]>> = {
  string: [
    ["number", nobody],
    ["boolean", true],
    ["object", {}],
    ["list", [`assay${nobody}`]],
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
    ["text", `assay${nobody}`],
    ["number", nobody],
    ["object", { a: `assay${nobody}` }],
  ],
  object: [
    ["text", `assay${nobody}`],
    ["number", nobody],
    ["list", [`assay${nobody}`]],
  ],
};

export const wrongType: Family = {
  id: "wrong-type",
  about: "a value of another JSON type than the declared one",
  absent: () => "no parameter has a declared type, or none is documented to be held to it",
  *drafts(action) {
    for (const p of action.parameters.filter(sendable)) {
      const refusal = p.refusals.get("type");
      if (!refusal) continue;
      yield* swaps(action, p, p.schema, refusal, false);
      const items = itemSchema(p);
      if (items) yield* swaps(action, p, items, p.itemRefusals.get("type") ?? refusal, true);
    }
  },
};

function* swaps(action: Action, p: Parameter, schema: Schema, refusal: Refusal, inItems: boolean): Iterable<Draft> {
  const type = String([schema.type].flat()[0]);
  const place = inItems ? `${p.name}.items` : p.name;
  // A target that makes a text of it might know one of that name.
  const names = action.mutating && action.given.has(p.name);
  for (const [slug, value] of others[type] ?? []) {
    if (names && slug === "boolean") continue;
    yield {
      place,
      slug,
      title: `MUST refuse ${place} as ${slug === "object" ? "an" : "a"} ${slug}`,
      outcome: refusal,
      rule: ruleId(action, p.name, "type"),
      extra: extraFor(action, p),
      edit: {
        op: "set",
        at: inItems ? { parameter: p.name, item: 0 } : { parameter: p.name },
        value: { kind: "literal", value },
      },
      // Pairs are all text: only what is no number there is of another type.
      flat: !inItems && typeof value === "string" && type !== "array" && type !== "object",
      source: refusal.source,
    };
  }
}
