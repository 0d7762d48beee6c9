/** wrong-type: a value of another JSON type than the declared one. */
import type { Action, ExpectedRefusal, Json, Parameter } from "../../model/index.ts";
import { placesOf } from "../../spec/places/places.ts";
import { itemSchema, ruleId } from "../../spec/rules.ts";
import { memberLocation } from "../gateway/template.ts";
import { type ParameterPlace, setLiteral } from "../places/edits.ts";
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
    ["number-1", 1],
    ["text-true", "true"],
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
      if (!p.refusals.has("type")) continue;
      const places = placesOf(p).map((place) => ({ p, place }));
      for (const at of places) yield* wrongTypeTemplates(action, at);
      for (const at of places) yield* textForList(action, at);
    }
  },
};

/** An item of another type is a breach of the rule of its list, unless the spec states a refusal of its own. */
const typeRefusal = ({ p, place }: ParameterPlace): ExpectedRefusal | undefined =>
  place.refusals.get("type") ?? (place.path === "[]" ? p.refusals.get("type") : undefined);

const typeRule = (action: Action, { p, place }: ParameterPlace): string =>
  ruleId(action, place.path === "[]" ? p.name : place.name, "type");

function* wrongTypeTemplates(action: Action, at: ParameterPlace): Iterable<CaseTemplate> {
  const { p, place } = at;
  const refusal = typeRefusal(at);
  const type = String([place.schema.type].flat()[0]);
  if (!refusal) return;
  // A lenient target may convert `true` to a text, and a resource of that name may exist.
  const namesResource = action.mutating && action.given.has(p.name);
  const isNumber = type === "integer" || type === "number";
  const digits = isNumber ? [["digits", String(validNumber(at))] as const] : [];
  for (const [slug, value] of [...(valuesOfOtherTypes[type] ?? []), ...digits]) {
    if (namesResource && slug === "boolean") continue;
    yield {
      place: place.name,
      slug,
      title: `MUST refuse ${place.name} as ${phrases[slug] ?? `${slug === "object" ? "an" : "a"} ${slug}`}`,
      outcome: refusal,
      rule: typeRule(action, at),
      additionalParameters: additionalFor(action, p),
      edit: setLiteral(at, value),
      // Pairs contain only text, so only a text that is no value of the declared type has another one.
      expressibleAsPairs:
        place.path !== "[]" && (slug === "text" || slug === "decimal") && type !== "array" && type !== "object",
      ...(slug === "decimal" && place.path === "" && p === firstInteger(action) && { onEveryBinding: true }),
      source: refusal.source,
    };
  }
}

const phrases: Readonly<Record<string, string>> = {
  digits: "a text of digits",
  "number-1": "the number 1",
  "text-true": "the text true",
};

/** A server that converts texts does it for all parameters of a type. */
const firstInteger = ({ parameters }: Action): Parameter | undefined =>
  parameters.find((p) => isSendable(p) && p.schema.type === "integer" && p.refusals.has("type"));

/** A value that breaks no other rule. */
function validNumber({ p, place }: ParameterPlace): number {
  const { enum: documented, minimum, maximum } = place.schema;
  const { values } = place.positiveValues ?? p.positiveValues ?? {};
  const [first] = [...(Array.isArray(values) ? values : []), ...(documented ?? [])].filter(
    (v) => typeof v === "number",
  );
  return first ?? Math.min(Math.max(1, minimum ?? 1), maximum ?? 1);
}

/** The name of a list without an index, over the bindings that send pairs: a server may also take it for an undeclared parameter or none. */
function* textForList(action: Action, at: ParameterPlace): Iterable<CaseTemplate> {
  const { p, place } = at;
  const refusal = place.refusals.get("type");
  if (!refusal || place.path === "[]" || !itemSchema(place)) return;
  for (const binding of action.service.bindings.filter((id) => memberLocation(id) !== "json")) {
    const { undeclaredMember } = action;
    const codes = [refusal, undeclaredMember, place.refusals.get("absent")].flatMap((r) => r?.codes ?? []);
    yield {
      place: place.name,
      slug: "text",
      title: `MUST refuse ${place.name} as a text`,
      outcome: {
        codes: [...new Set(codes)],
        level: refusal.level === "may" ? "may" : "should",
        rationale: "the pages write lists with an index; they state no code for a name without one",
        source: refusal.source,
      },
      rule: ruleId(action, place.name, "type"),
      additionalParameters: additionalFor(action, p),
      edit: setLiteral(at, `assay${UNLIKELY_ID}`),
      expressibleAsPairs: true,
      binding,
      source: refusal.source,
    };
  }
}
