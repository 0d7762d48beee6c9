/** boundary: on, just inside and just beyond every limit, in characters of one to four bytes. */
import type { Action, ExpectedRefusal, MemberEdit, Parameter, Schema, SpecConflict } from "../../model/index.ts";
import { breachName, itemSchema, ruleId } from "../../spec/rules.ts";
import { type Alphabet, alphabets } from "../../values/alphabets.ts";
import { canMakeText, MIN_LENGTH_WITH_RUN_ID } from "../../values/exact-text.ts";
import { isDisputedCharacter, matches } from "../../values/pattern.ts";
import { additionalFor, isSendable } from "../sent-parameters.ts";
import type { CaseTemplate, Family } from "../template.ts";

export const boundary: Family = {
  id: "boundary",
  description: "values on, just inside and just beyond each documented length, range and count",
  absenceReason: () => "no length, range or count is documented",
  *templates(action) {
    for (const p of action.parameters.filter(isSendable)) {
      yield* lengthTemplates({ action, p, schema: p.schema, inItems: false });
      const items = itemSchema(p);
      if (items) yield* lengthTemplates({ action, p, schema: items, inItems: true });
      yield* countTemplates(action, p);
      yield* rangeTemplates(action, p);
    }
  },
};

interface At {
  readonly action: Action;
  readonly p: Parameter;
  readonly schema: Schema;
  readonly inItems: boolean;
}

const refusalsAt = (at: At) => (at.inItems ? at.p.itemRefusals : at.p.refusals);
const placeOf = (at: At) => (at.inItems ? `${at.p.name}.items` : at.p.name);

function* lengthTemplates(at: At): Iterable<CaseTemplate> {
  const { schema, p } = at;
  if (schema.type !== "string" || schema.enum !== undefined) return;
  for (const [unit, least, most] of [
    ["chars", "minLength", "maxLength"],
    ["bytes", "x-minBytes", "x-maxBytes"],
  ] as const) {
    const max = schema[most];
    const min = schema[least];
    if (max === undefined && (min === undefined || min <= 1)) continue;
    const low = min ?? 1;
    if (low === 0 && !p.required) yield lengthTemplate(at, unit, 0, "ascii", null);
    if (low === 1 && (at.inItems || !p.required) && refusalsAt(at).has("empty"))
      yield lengthTemplate(at, unit, 0, "ascii", "empty");
    for (const alphabet of alphabets.filter((a) => isSendableAlphabet(at, a))) {
      const sizes = new Map<number, string | null>();
      if (low > 1) sizes.set(low - 1, least);
      sizes.set(Math.max(low, 1), null);
      if (min !== undefined && alphabet.id === "ascii") sizes.set(Math.max(low, 1) + 1, null);
      if (max !== undefined) {
        for (const n of [max - 1, max]) if (n >= low) sizes.set(n, null);
        sizes.set(max + 1, most);
      }
      if (mayAdoptExisting(at))
        for (const n of [...sizes.keys()]) if (n < MIN_LENGTH_WITH_RUN_ID && sizes.get(n) === null) sizes.delete(n);
      for (const [n, breach] of sizes)
        if (canMakeText(unit, n, alphabet.id)) yield lengthTemplate(at, unit, n, alphabet.id, breach);
    }
    if (at.inItems && max !== undefined) yield inSecondItem(lengthTemplate(at, unit, max + 1, "ascii", most));
  }
}

/** The first item is as it should be: each of them is looked at. */
function inSecondItem(template: CaseTemplate): CaseTemplate {
  const { edit } = template;
  if (edit?.op !== "set") return template;
  const at = { ...edit.at, item: 1 };
  return { ...template, slug: `${template.slug}-second`, title: `${template.title} in second place`, edit: { ...edit, at } };
}

/**
 * True where the action would take an existing resource for its own: a value too short to carry the run's id might name
 * somebody's, and nothing would tell.
 */
const mayAdoptExisting = ({ action, p, inItems }: At): boolean =>
  !inItems &&
  !p.refusals.has("unique") &&
  action.given.get(p.name)?.kind === "new" &&
  action.creates?.id === `input.${p.name}`;

/** A character in dispute is sent as well: what happens is then open, unless the length is beyond every reading. */
function isSendableAlphabet(at: At, alphabet: Alphabet): boolean {
  const [char = ""] = alphabet.chars;
  return matches(at.schema, at.p.anchored, char) || conflictOverCharacter(at, char) !== undefined;
}

function conflictOverCharacter(at: At, char: string): SpecConflict | undefined {
  const key = at.inItems ? "items.pattern" : "pattern";
  return at.p.conflicts.find((c) => c.constraint === key && isDisputedCharacter([c], key, char));
}

function lengthTemplate(at: At, unit: "chars" | "bytes", length: number, of: string, breach: string | null): CaseTemplate {
  const { action, p, inItems } = at;
  const slug = length === 0 ? `0-${unit}` : `${length}-${unit}-${of}`;
  const [char = ""] = alphabets.find((a) => a.id === of)?.chars ?? "";
  const conflict = length === 0 ? undefined : (conflictOverCharacter(at, char) ?? rangeConflict(at, unit, length));
  const edit: MemberEdit = {
    op: "set",
    at: inItems ? { parameter: p.name, item: 0 } : { parameter: p.name },
    value: length === 0 ? { kind: "literal", value: "" } : { kind: "text", unit, length, of },
  };
  const description = `${placeOf(at)} of ${length} ${unit}${length === 0 ? "" : ` (${of})`}`;
  const base = { place: placeOf(at), slug, additionalParameters: additionalFor(action, p), edit, source: p.source };
  if (breach === null)
    return {
      ...base,
      title: `MUST accept ${description}`,
      outcome: "success",
      rule: nearestLimitRule(at, unit, length),
      disputed: conflict,
    };
  const refusal = refusalsAt(at).get(breach) as ExpectedRefusal;
  const alternativeCodes = conflict ? (refusalsAt(at).get("pattern")?.codes ?? []) : [];
  return {
    ...base,
    title: `MUST refuse ${description}`,
    outcome: refusal,
    alternativeCodes,
    rule: ruleId(action, placeOf(at), breachName(at.schema, breach)),
    acceptableCauses: breach === "empty" ? ["request", "state"] : ["request"],
    source: refusal.source,
  };
}

const rangeConflict = (at: At, unit: "chars" | "bytes", n: number): SpecConflict | undefined =>
  at.p.conflicts.find((c) => {
    const range = unit === "chars" ? c.length : c.bytes;
    return c.constraint.startsWith("items.") === at.inItems && range !== undefined && n >= range[0] && n <= range[1];
  });

/** A value inside the limits is held against the limit that is nearest. */
function nearestLimitRule(at: At, unit: "chars" | "bytes", length: number): string | null {
  const [least, most] =
    unit === "chars" ? (["minLength", "maxLength"] as const) : (["x-minBytes", "x-maxBytes"] as const);
  const max = at.schema[most];
  const min = at.schema[least];
  const breach =
    max !== undefined && (min === undefined || max - length < length - min) ? most : min === undefined ? null : least;
  if (breach === null) return null;
  const hasRefusal = refusalsAt(at).has(breach) || (breach === "minLength" && refusalsAt(at).has("empty"));
  return hasRefusal ? ruleId(at.action, placeOf(at), breach) : null;
}

function* countTemplates(action: Action, p: Parameter): Iterable<CaseTemplate> {
  const { minItems, maxItems } = p.schema as { minItems?: number; maxItems?: number };
  if (p.schema.type !== "array") return;
  const sizes = new Map<number, string | null>();
  if (minItems !== undefined && minItems > 1) sizes.set(minItems - 1, "minItems").set(minItems, null);
  if (maxItems !== undefined) {
    if (maxItems > 1) sizes.set(maxItems - 1, null);
    sizes.set(maxItems, null).set(maxItems + 1, "maxItems");
  }
  // A list of given resources needs something to be filled up with.
  const given = action.given.get(p.name);
  if (given && !p.fillWith) return;
  for (const [count, breach] of sizes) {
    const conflict = p.conflicts.find((c) => c.items && count >= c.items[0] && count <= c.items[1]);
    const edit: MemberEdit = { op: "set", at: { parameter: p.name }, value: { kind: "list", count } };
    yield limitTemplate(action, p, `${count}-items`, `${p.name} of ${count} items`, edit, breach, "maxItems", conflict);
  }
}

function* rangeTemplates(action: Action, p: Parameter): Iterable<CaseTemplate> {
  if (p.schema.type !== "integer" && p.schema.type !== "number") return;
  const { minimum, maximum } = p.schema;
  const values = new Map<number, string | null>();
  if (minimum !== undefined)
    values
      .set(minimum - 1, "minimum")
      .set(minimum, null)
      .set(minimum + 1, null);
  if (maximum !== undefined)
    values
      .set(maximum - 1, null)
      .set(maximum, null)
      .set(maximum + 1, "maximum");
  for (const [value, breach] of values) {
    const edit: MemberEdit = { op: "set", at: { parameter: p.name }, value: { kind: "literal", value } };
    const nearestLimit = maximum !== undefined && value >= maximum - 1 ? "maximum" : "minimum";
    yield limitTemplate(action, p, String(value), `${p.name} ${value}`, edit, breach, nearestLimit, undefined);
  }
}

function limitTemplate(
  action: Action,
  p: Parameter,
  slug: string,
  description: string,
  edit: MemberEdit,
  breach: string | null,
  nearestLimit: string,
  conflict: SpecConflict | undefined,
): CaseTemplate {
  const base = { place: p.name, slug, additionalParameters: additionalFor(action, p), edit };
  if (breach === null) {
    const rule = p.refusals.has(nearestLimit) ? ruleId(action, p.name, nearestLimit) : null;
    return { ...base, title: `MUST accept ${description}`, outcome: "success", rule, disputed: conflict, source: p.source };
  }
  const refusal = p.refusals.get(breach) as ExpectedRefusal;
  return {
    ...base,
    title: `MUST refuse ${description}`,
    outcome: refusal,
    rule: ruleId(action, p.name, breach),
    source: refusal.source,
  };
}
