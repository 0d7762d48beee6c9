/** boundary: values on, just inside and just beyond every limit, with characters of one to four UTF-8 bytes. */
import type { Action, ExpectedRefusal, MemberEdit, Parameter, Schema, SpecConflict } from "../../model/index.ts";
import { breachName, itemSchema, ruleId } from "../../spec/rules.ts";
import { type Alphabet, alphabets } from "../../values/alphabets.ts";
import { canMakeText, MIN_LENGTH_WITH_RUN_ID } from "../../values/exact-text.ts";
import { conflictKey, isDisputedCharacter, matches } from "../../values/pattern.ts";
import { BASE64_GROUP, isBase64, URL_PREFIX } from "../../values/valid-value.ts";
import { additionalFor, isSendable } from "../sent-parameters.ts";
import { unitConflict } from "../spec-conflicts.ts";
import type { CaseTemplate, Family } from "../template.ts";
import { unlistedText } from "../unlisted-texts.ts";

export const boundary: Family = {
  id: "boundary",
  description: "values on, just inside and just beyond each documented limit of length, range and number of items",
  absenceReason: () => "no limit of length, range or number of items is documented",
  *templates(action) {
    const longest = longestText(action);
    for (const p of action.parameters.filter(isSendable)) {
      for (const template of lengthTemplates({ action, p, schema: p.schema, inItems: false }))
        yield p === longest && isLongestHan(p, template) ? { ...template, onEveryBinding: true } : template;
      const items = itemSchema(p);
      if (items) yield* lengthTemplates({ action, p, schema: items, inItems: true });
      yield* countTemplates(action, p);
      yield* rangeTemplates(action, p);
      yield* beyond32Bits(action, p);
    }
  },
};

/** The parameter of a changing action with the longest text in which Han characters are allowed: bindings differ in the encoding of both. */
function longestText(action: Action): Parameter | undefined {
  const texts = action.parameters.filter(
    (p) =>
      isSendable(p) &&
      p.schema.type === "string" &&
      p.schema.maxLength !== undefined &&
      matches(p.schema, p.anchored, HAN),
  );
  return action.mutating ? texts.sort((a, b) => (b.schema.maxLength ?? 0) - (a.schema.maxLength ?? 0))[0] : undefined;
}

const HAN = alphabets.find(({ id }) => id === "han")?.chars ?? "";

const isLongestHan = ({ schema }: Parameter, { slug, disputed }: CaseTemplate): boolean =>
  slug === `${schema.maxLength}-chars-han` && disputed === undefined;

/** The schema under test: that of a parameter, or of the items of its list. */
interface SchemaUnderTest {
  readonly action: Action;
  readonly p: Parameter;
  readonly schema: Schema;
  readonly inItems: boolean;
}

const refusalsOf = (subject: SchemaUnderTest) => (subject.inItems ? subject.p.itemRefusals : subject.p.refusals);
const placeOf = (subject: SchemaUnderTest) => (subject.inItems ? `${subject.p.name}.items` : subject.p.name);

function* lengthTemplates(subject: SchemaUnderTest): Iterable<CaseTemplate> {
  const { schema, p } = subject;
  if (schema.type !== "string" || schema.enum !== undefined) return;
  for (const [unit, minKey, maxKey] of [
    ["chars", "minLength", "maxLength"],
    ["bytes", "x-minBytes", "x-maxBytes"],
  ] as const) {
    const max = schema[maxKey];
    const min = schema[minKey];
    if (max === undefined && (min === undefined || min <= 1)) continue;
    const low = min ?? 1;
    if (low === 0 && !p.required) yield lengthTemplate(subject, unit, 0, "ascii", null);
    if (low === 1 && mayBeEmpty(subject)) yield lengthTemplate(subject, unit, 0, "ascii", "empty");
    for (const alphabet of alphabets.filter((a) => isSendableAlphabet(subject, a))) {
      // By length: the breach, or null for a length within the limits.
      const sizes = new Map<number, string | null>();
      if (low > 1) sizes.set(low - 1, minKey);
      sizes.set(Math.max(low, 1), null);
      if (min !== undefined && alphabet.id === "ascii") sizes.set(Math.max(low, 1) + 1, null);
      if (max !== undefined) {
        for (const n of [max - 1, max]) if (n >= low) sizes.set(n, null);
        sizes.set(max + 1, maxKey);
      }
      if (isBase64(schema)) wholeGroups(sizes, alphabet, low);
      if (mayAdoptExisting(subject))
        for (const n of [...sizes.keys()]) if (n < MIN_LENGTH_WITH_RUN_ID && sizes.get(n) === null) sizes.delete(n);
      for (const [n, breach] of sizes)
        if (canMakeText(unit, n, alphabet.id)) yield lengthTemplate(subject, unit, n, alphabet.id, breach);
    }
    if (subject.inItems && max !== undefined)
      yield inSecondItem(lengthTemplate(subject, unit, max + 1, "ascii", maxKey));
  }
  // The plan leaves it out where a limit made the same case above.
  if (mayBeEmpty(subject)) yield lengthTemplate(subject, "chars", 0, "ascii", "empty");
}

/** Base64 has whole groups of characters: the last length within the limits, and the first one beyond. */
function wholeGroups(sizes: Map<number, string | null>, { id }: Alphabet, min: number): void {
  const lengths = id === "ascii" ? [...sizes] : [];
  sizes.clear();
  for (const [n, breach] of lengths) {
    const whole = Math.floor(n / BASE64_GROUP) * BASE64_GROUP;
    const isUp = whole < n && (breach === "maxLength" || (breach === null && whole < min));
    const length = isUp ? whole + BASE64_GROUP : whole;
    if (length > 0) sizes.set(length, breach);
  }
}

/** True where the empty value is a breach that the family missing-member does not send. */
const mayBeEmpty = (subject: SchemaUnderTest): boolean =>
  (subject.inItems || !subject.p.required) && refusalsOf(subject).has("empty");

/** The same breach in the second item of the list: a server must check every item, not only the first. */
function inSecondItem(template: CaseTemplate): CaseTemplate {
  const { edit } = template;
  if (edit?.op !== "set") return template;
  const secondItem = { ...edit.at, item: 1 };
  return {
    ...template,
    slug: `${template.slug}-second`,
    title: `${template.title} as second item`,
    edit: { ...edit, at: secondItem },
  };
}

/**
 * True where the id of the created resource is chosen by the caller and need not be unique. A valid id too short to
 * contain the token could then name a resource that exists, which the clean-up would delete.
 */
const mayAdoptExisting = ({ action, p, inItems }: SchemaUnderTest): boolean =>
  !inItems &&
  !p.refusals.has("unique") &&
  action.given.get(p.name)?.kind === "new" &&
  action.creates?.id === `input.${p.name}`;

/** A disputed character is sent as well: then every outcome is accepted, unless the length breaks the limit on every interpretation. */
function isSendableAlphabet(subject: SchemaUnderTest, alphabet: Alphabet): boolean {
  const [char = ""] = alphabet.chars;
  return matches(subject.schema, subject.p.anchored, char) || conflictOverCharacter(subject, char) !== undefined;
}

function conflictOverCharacter(subject: SchemaUnderTest, char: string): SpecConflict | undefined {
  const key = subject.inItems ? "items.pattern" : "pattern";
  return subject.p.conflicts.find((c) => c.constraint === key && isDisputedCharacter([c], key, char));
}

function lengthTemplate(
  subject: SchemaUnderTest,
  unit: "chars" | "bytes",
  length: number,
  alphabetId: string,
  breach: string | null,
): CaseTemplate {
  const { action, p, inItems } = subject;
  const slug = length === 0 ? `0-${unit}` : `${length}-${unit}-${alphabetId}`;
  const [char = ""] = alphabets.find((a) => a.id === alphabetId)?.chars ?? "";
  const conflict =
    length === 0 ? undefined : (conflictOverCharacter(subject, char) ?? rangeConflict(subject, unit, length));
  // Every character of the text may be one of the alphabet.
  const ofUnit = unit === "chars" ? unitConflict(p, subject.schema, inItems, length, length * char.length) : undefined;
  const prefix = subject.schema.format === "uri" && length > URL_PREFIX.length ? URL_PREFIX : undefined;
  const edit: MemberEdit = {
    op: "set",
    at: inItems ? { parameter: p.name, item: 0 } : { parameter: p.name },
    value:
      length === 0
        ? { kind: "literal", value: "" }
        : { kind: "text", unit, length, of: alphabetId, ...(prefix && { prefix }) },
  };
  const description = `${placeOf(subject)} of ${length} ${unit}${length === 0 ? "" : ` (${alphabetId})`}`;
  const base = {
    place: placeOf(subject),
    slug,
    additionalParameters: additionalFor(action, p),
    edit,
  };
  if (breach === null)
    return {
      title: `MUST accept ${description}`,
      outcome: "success",
      source: p.source,
      rule: nearestLimitRule(subject, unit, length),
      // A target may settle a conflict over the characters, but not the unit.
      disputed:
        ofUnit ??
        conflict ??
        unlistedText(p) ??
        formatConflict(subject, prefix !== undefined && alphabetId === "ascii"),
      ...base,
    };
  const refusal = refusalsOf(subject).get(breach) as ExpectedRefusal;
  const alternativeCodes = conflict ? (refusalsOf(subject).get("pattern")?.codes ?? []) : [];
  return {
    title: `MUST refuse ${description}`,
    outcome: refusal,
    alternativeCodes,
    disputed: ofUnit,
    rule: ruleId(action, placeOf(subject), breachName(subject.schema, breach)),
    acceptableCauses: breach === "empty" ? ["request", "state"] : ["request"],
    source: refusal.source,
    ...base,
  };
}

/** Set where the text is no URL although the page calls it one. */
const formatConflict = ({ schema, p, inItems }: SchemaUnderTest, isUrl: boolean): SpecConflict | undefined =>
  schema.format !== "uri" || isUrl
    ? undefined
    : {
        constraint: conflictKey(inItems, "format"),
        description: "the page calls the value a URL; it does not state that another text is accepted",
        source: p.source,
      };

const rangeConflict = (subject: SchemaUnderTest, unit: "chars" | "bytes", n: number): SpecConflict | undefined =>
  subject.p.conflicts.find((c) => {
    const range = unit === "chars" ? c.length : c.bytes;
    return (
      c.constraint.startsWith("items.") === subject.inItems && range !== undefined && n >= range[0] && n <= range[1]
    );
  });

/** A value within the limits is a case of the rule of the nearest limit; null where the spec has no such rule. */
function nearestLimitRule(subject: SchemaUnderTest, unit: "chars" | "bytes", length: number): string | null {
  const [minKey, maxKey] =
    unit === "chars" ? (["minLength", "maxLength"] as const) : (["x-minBytes", "x-maxBytes"] as const);
  const max = subject.schema[maxKey];
  const min = subject.schema[minKey];
  const breach =
    max !== undefined && (min === undefined || max - length < length - min)
      ? maxKey
      : min === undefined
        ? null
        : minKey;
  if (breach === null) return null;
  const hasRefusal = refusalsOf(subject).has(breach) || (breach === "minLength" && refusalsOf(subject).has("empty"));
  return hasRefusal ? ruleId(subject.action, placeOf(subject), breach) : null;
}

function* countTemplates(action: Action, p: Parameter): Iterable<CaseTemplate> {
  const { minItems, maxItems } = p.schema as { minItems?: number; maxItems?: number };
  if (p.schema.type !== "array") return;
  if (!p.required && p.refusals.has("empty")) {
    const edit: MemberEdit = { op: "set", at: { parameter: p.name }, value: { kind: "literal", value: [] } };
    yield limitTemplate(action, p, "0-items", `${p.name} of 0 items`, edit, "empty", "minItems", undefined);
  }
  const sizes = new Map<number, string | null>();
  if (minItems !== undefined && minItems > 1) sizes.set(minItems - 1, "minItems").set(minItems, null);
  if (maxItems !== undefined) {
    if (maxItems > 1) sizes.set(maxItems - 1, null);
    sizes.set(maxItems, null).set(maxItems + 1, "maxItems");
  }
  // The longest list that every reading of a disputed limit allows, and the shortest that one forbids.
  for (const { items } of p.conflicts) if (items && items[0] > 1) sizes.set(items[0] - 1, null).set(items[0], null);
  // A list of resources can only be filled where the spec states with which ones (`fillWith`).
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

/** Kept in 32 bits, the value would be within the limits. A server that reads no more may also call it a wrong type. */
function* beyond32Bits(action: Action, p: Parameter): Iterable<CaseTemplate> {
  const { type, minimum = 1, maximum } = p.schema;
  if (type !== "integer" || maximum === undefined || maximum >= 2 ** 31) return;
  const value = 2 ** 32 + Math.max(1, minimum);
  const edit: MemberEdit = { op: "set", at: { parameter: p.name }, value: { kind: "literal", value } };
  const isFirst =
    p === action.parameters.find(({ schema }) => schema.type === "integer" && schema.maximum !== undefined);
  yield {
    ...limitTemplate(action, p, String(value), `${p.name} ${value}`, edit, "maximum", "maximum", undefined),
    alternativeCodes: p.refusals.get("type")?.codes ?? [],
    ...(isFirst && { onEveryBinding: true }),
  };
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
    return {
      title: `MUST accept ${description}`,
      outcome: "success",
      rule,
      disputed: conflict,
      source: p.source,
      ...base,
    };
  }
  const refusal = p.refusals.get(breach) as ExpectedRefusal;
  return {
    title: `MUST refuse ${description}`,
    outcome: refusal,
    rule: ruleId(action, p.name, breachName(p.schema, breach)),
    acceptableCauses: breach === "empty" ? ["request", "state"] : ["request"],
    source: refusal.source,
    ...base,
  };
}
